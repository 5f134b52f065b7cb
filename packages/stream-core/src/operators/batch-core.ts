import type { Subscriber, Subscription } from 'rxjs'
import { asyncScheduler } from '../rxjs/operator-parts.ts'
import type { BatchOptions } from './batch-options.ts'
import type { OperatorContext, OperatorCore } from './operator-core.ts'

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/**
 * Groups items by count, bytes and time. The time of a batch counts only while a batch is awaited.
 */
export class BatchCore<T> implements OperatorCore<T> {
  readonly #destination: Subscriber<readonly T[]>
  readonly #context: OperatorContext
  readonly #maxItems: number
  readonly #maxBytes: number
  readonly #maxWaitMs: number | undefined
  readonly #sizeOf: (item: T) => number
  #items: T[] = []
  #bytes = 0
  #timer: Subscription | undefined

  constructor(destination: Subscriber<readonly T[]>, context: OperatorContext, options: BatchOptions<T>) {
    this.#destination = destination
    this.#context = context
    this.#maxItems = options.maxItems ?? Number.POSITIVE_INFINITY
    this.#maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY
    this.#maxWaitMs = options.maxWaitMs
    this.#sizeOf = options.maxBytes === undefined ? () => 0 : (options.sizeOf ?? sizeInBytes)
    destination.add(() => this.#stopTimer())
  }

  next(item: T): void {
    let size: number
    try {
      size = this.#sizeOf(item)
      if (!(size >= 0)) throw new RangeError(`sizeOf gave ${size}: a size is a number of bytes.`)
    } catch (error) {
      this.error(error)
      return
    }
    const earlier = this.#bytes + size > this.#maxBytes ? this.#takeItems() : []
    this.#items.push(item)
    this.#bytes += size
    // Before anything is emitted: the time of the item counts from now, however long the consumer takes.
    this.#startTimer()
    this.#emit(earlier)
    if (this.#items.length >= this.#maxItems || this.#bytes >= this.#maxBytes) this.#emit(this.#takeItems())
    this.resume()
  }

  complete(): void {
    this.#emit(this.#takeItems())
    this.#destination.complete()
  }

  error(error: unknown): void {
    this.#emit(this.#takeItems())
    this.#destination.error(error)
  }

  resume(): void {
    if (!this.#context.isAwaited()) {
      this.#stopTimer()
      return
    }
    this.#startTimer()
    this.#context.requestItems()
  }

  #takeItems(): readonly T[] {
    const items = this.#items
    this.#items = []
    this.#bytes = 0
    this.#stopTimer()
    return items
  }

  #emit(items: readonly T[]): void {
    if (items.length > 0) this.#destination.next(items)
  }

  /** One timer for a batch, however many items it is filled with. */
  #startTimer(): void {
    if (this.#maxWaitMs === undefined || this.#items.length === 0 || this.#timer !== undefined) return
    if (this.#destination.closed || !this.#context.isAwaited()) return
    this.#timer = asyncScheduler.schedule(() => this.#emit(this.#takeItems()), this.#maxWaitMs)
  }

  #stopTimer(): void {
    this.#timer?.unsubscribe()
    this.#timer = undefined
  }
}

/**
 * The UTF-8 length of a string, the length of bytes.
 * @throws {TypeError} for anything else
 */
function sizeInBytes(item: unknown): number {
  if (typeof item === 'string') return encoder.encode(item).length
  if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return item.byteLength
  throw new TypeError('maxBytes needs a sizeOf for items that are neither strings nor bytes.')
}
