import type { Reader } from '../readers/reader.ts'
import type { BatchOptions } from './batch-options.ts'
import { Batcher } from './batcher.ts'

type Batches<T> = readonly (readonly T[])[]

/**
 * Batches that are pulled: the source is asked for items only while somebody waits for a batch that is not full.
 */
export class BatchReader<T> implements Reader<readonly T[]> {
  readonly #reader: Reader<T>
  readonly #batcher: Batcher<T>
  readonly #maxWaitMs: number | undefined
  /** What the source was asked for; may outlive the request that asked, when that ran out of time. */
  #pending: Promise<readonly T[] | undefined> | undefined
  /** One timer for the batch that is being filled, however many items it is waited for. */
  #time: Promise<'time'> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #failure: { readonly error: unknown } | undefined
  #closed = false

  constructor(reader: Reader<T>, options: BatchOptions<T>) {
    this.#reader = reader
    this.#batcher = new Batcher(options)
    this.#maxWaitMs = options.maxWaitMs
  }

  async read(): Promise<Batches<T> | undefined> {
    while (this.#failure === undefined && !this.#closed) {
      const batches = await this.#readOn()
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

  /** The batches that are complete with what comes next: items, the end of the time, the end of the source, or an error. */
  async #readOn(): Promise<Batches<T>> {
    const batches: (readonly T[])[] = []
    try {
      const received = await this.#receive()
      if (received === undefined) this.#closed = true
      if (received === undefined || received === 'time') return this.#batcher.flush()
      for (const item of received) batches.push(...this.#batcher.push(item))
    } catch (error) {
      this.#failure = { error }
      this.#reader.close(error)
      batches.push(...this.#batcher.flush())
    }
    return batches
  }

  /** Waits for items, or for the time limit when there are items that wait for their batch to fill. */
  async #receive(): Promise<readonly T[] | 'time' | undefined> {
    this.#pending ??= this.#reader.read()
    const isTimed = this.#maxWaitMs !== undefined && !this.#batcher.isEmpty
    const received = await (isTimed ? Promise.race([this.#pending, this.#untilTime()]) : this.#pending)
    if (received !== 'time') this.#pending = undefined
    return received
  }

  #untilTime(): Promise<'time'> {
    this.#time ??= new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve('time'), this.#maxWaitMs)
    })
    return this.#time
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#time = undefined
  }
}
