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
  /** When the batch that is being filled must be handed out, by `performance.now()`. */
  #deadlineMs = 0
  /** What the source was asked for; may outlive the request that asked, when that ran out of time. */
  #pending: Promise<Received<T>> | undefined
  #failure: { readonly error: unknown } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(reader: Reader<T>, options: BatchOptions<T>) {
    this.#reader = reader
    this.#batcher = new Batcher(options)
    this.#maxWaitMs = options.maxWaitMs
  }

  async read(): Promise<readonly (readonly T[])[] | undefined> {
    while (this.#failure === undefined && !this.#closed) {
      const batches = this.#accept(await this.#receive())
      if (batches.length > 0) return batches
    }
    if (this.#failure !== undefined) throw this.#failure.error
    return undefined
  }

  close(reason?: unknown): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#reader.close(reason)
  }

  #accept(received: Received<T>): readonly (readonly T[])[] {
    if (received.kind === 'time') return this.#batcher.flush()
    if (received.kind === 'error') {
      this.#failure = received
      return this.#batcher.flush()
    }
    if (received.items === undefined) {
      this.#closed = true
      return this.#batcher.flush()
    }
    return this.#addAll(received.items)
  }

  #addAll(items: readonly T[]): readonly (readonly T[])[] {
    const batches: (readonly T[])[] = []
    try {
      for (const item of items) {
        const wasEmpty = this.#batcher.isEmpty
        const full = this.#batcher.push(item)
        batches.push(...full)
        if (wasEmpty || full.length > 0) this.#deadlineMs = performance.now() + (this.#maxWaitMs ?? 0)
      }
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
    const received =
      this.#maxWaitMs === undefined || this.#batcher.isEmpty
        ? await this.#pending
        : await this.#untilDeadline(this.#pending)
    if (received.kind !== 'time') this.#pending = undefined
    return received
  }

  async #untilDeadline(pending: Promise<Received<T>>): Promise<Received<T>> {
    const time = new Promise<Received<T>>((resolve) => {
      // The deadline is past when something has kept the event loop busy; Node warns of timers in the past.
      const delayMs = Math.max(0, this.#deadlineMs - performance.now())
      this.#timer = setTimeout(() => resolve({ kind: 'time' }), delayMs)
    })
    const received = await Promise.race([pending, time])
    clearTimeout(this.#timer)
    return received
  }
}
