import type { Reader } from '../../reading/reader.ts'
import type { BatchOptions } from './batch-options.ts'
import { Batcher } from './batcher.ts'

type Received<T> =
  | { readonly kind: 'items'; readonly items: readonly T[] | undefined }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'time' }

/**
 * Batches that are pulled: the source is asked for items only while somebody waits for a batch that is not full.
 */
export class BatchReader<T> implements Reader<readonly T[]> {
  readonly #reader: Reader<T>
  readonly #batcher: Batcher<T>
  readonly #maxWaitMs: number | undefined
  /** What the source was asked for; may outlive the request that asked, when that ran out of time. */
  #pending: Promise<Received<T>> | undefined
  /** One timer for the batch that is being filled, however many items it is waited for. */
  #time: Promise<Received<T>> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #failure: { readonly error: unknown } | undefined
  #closed = false

  constructor(reader: Reader<T>, options: BatchOptions<T>) {
    this.#reader = reader
    this.#batcher = new Batcher(options)
    this.#maxWaitMs = options.maxWaitMs
  }

  async read(): Promise<readonly (readonly T[])[] | undefined> {
    while (this.#failure === undefined && !this.#closed) {
      const batches = this.#accept(await this.#receive())
      if (batches.length > 0) {
        this.#stopTimer()
        return batches
      }
    }
    if (this.#failure !== undefined) throw this.#failure.error
    return undefined
  }

  close(reason?: unknown): void {
    this.#closed = true
    this.#stopTimer()
    this.#reader.close(reason)
  }

  #accept(received: Received<T>): readonly (readonly T[])[] {
    if (received.kind === 'items' && received.items !== undefined) return this.#addAll(received.items)
    if (received.kind === 'items') this.#closed = true
    if (received.kind === 'error') this.#failure = received
    return this.#batcher.flush()
  }

  #addAll(items: readonly T[]): readonly (readonly T[])[] {
    const batches: (readonly T[])[] = []
    try {
      for (const item of items) batches.push(...this.#batcher.push(item))
    } catch (error) {
      this.#failure = { error }
      this.#reader.close(error)
      batches.push(...this.#batcher.flush())
    }
    return batches
  }

  /** Waits for items, or for the time limit when there are items that wait for their batch to fill. */
  async #receive(): Promise<Received<T>> {
    this.#pending ??= this.#reader.read().then(
      (items): Received<T> => ({ kind: 'items', items }),
      (error: unknown): Received<T> => ({ kind: 'error', error }),
    )
    const isTimed = this.#maxWaitMs !== undefined && !this.#batcher.isEmpty
    const received = await (isTimed ? Promise.race([this.#pending, this.#untilTime()]) : this.#pending)
    if (received.kind !== 'time') this.#pending = undefined
    return received
  }

  #untilTime(): Promise<Received<T>> {
    this.#time ??= new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve({ kind: 'time' }), this.#maxWaitMs)
    })
    return this.#time
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#time = undefined
  }
}
