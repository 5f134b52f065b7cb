import type { Decoder } from '../decoders/decoder.ts'
import type { BatchOptions } from './batch-options.ts'

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/**
 * Groups items by count and bytes; `flush` gives the batch that is not full.
 */
export class Batcher<T> implements Decoder<T, readonly T[]> {
  readonly #maxItems: number
  readonly #maxBytes: number
  readonly #sizeOf: (item: T) => number
  #items: T[] = []
  #bytes = 0

  constructor(options: BatchOptions<T>) {
    this.#maxItems = options.maxItems ?? Number.POSITIVE_INFINITY
    this.#maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY
    this.#sizeOf = options.maxBytes === undefined ? () => 0 : (options.sizeOf ?? sizeInBytes)
  }

  /** Whether no item waits for its batch to fill. */
  get isEmpty(): boolean {
    return this.#items.length === 0
  }

  push(item: T): readonly (readonly T[])[] {
    const size = this.#sizeOf(item)
    if (!(size >= 0)) throw new RangeError(`sizeOf gave ${size}: a size is a number of bytes.`)
    const full = this.#bytes + size > this.#maxBytes ? this.flush() : []
    this.#items.push(item)
    this.#bytes += size
    const isFull = this.#items.length >= this.#maxItems || this.#bytes >= this.#maxBytes
    return isFull ? [...full, ...this.flush()] : full
  }

  flush(): readonly (readonly T[])[] {
    if (this.isEmpty) return []
    const items = this.#items
    this.#items = []
    this.#bytes = 0
    return [items]
  }
}

/**
 * The UTF-8 length of a string, the length of bytes.
 * @throws TypeError for anything else
 */
function sizeInBytes(item: unknown): number {
  if (typeof item === 'string') return encoder.encode(item).length
  if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return item.byteLength
  throw new TypeError('maxBytes needs a sizeOf for items that are neither strings nor bytes.')
}
