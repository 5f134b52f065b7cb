import type { Decoder } from '../../decoders/decoder.ts'
import type { BatchOptions } from './batch-options.ts'
import { sizeInBytes } from './size-in-bytes.ts'

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
