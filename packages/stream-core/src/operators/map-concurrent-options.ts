import type { ObservableInput } from 'rxjs'
import { checkCount } from '../readers/check-count.ts'

/**
 * What is done with an item. Its result is anything RxJS's `from` takes: a promise, an Observable, an iterable or async
 * iterable; all its values are emitted.
 * @param index - how many items came before this one
 * @param signal - aborted when the result is no longer wanted: the subscription has ended early, or another item has failed
 */
export type ConcurrentProject<T, R> = (value: T, index: number, signal: AbortSignal) => ObservableInput<R>

/** How much `mapConcurrent` does at a time, and in which order its results come. */
export interface MapConcurrentOptions {
  /**
   * The most items that are worked on at the same time.
   * @defaultValue 4
   */
  readonly concurrency?: number | undefined
  /**
   * Emit the results in the order of the items instead of the order in which they come. At most `concurrency` finished
   * items then wait for a slower one before them.
   * @defaultValue false
   */
  readonly ordered?: boolean | undefined
  /**
   * The most items of a plain Observable that wait for their turn; one more is a `QueueOverflowError`. What can be pulled
   * from does not queue.
   * @defaultValue 10000
   */
  readonly maxQueued?: number | undefined
}

export interface ConcurrencyLimits {
  readonly concurrency: number
  readonly ordered: boolean
  readonly maxQueued: number
}

export function concurrencyLimits(options: MapConcurrentOptions): ConcurrencyLimits {
  const { concurrency = 4, ordered = false, maxQueued = 10_000 } = options
  checkCount('mapConcurrent: concurrency', concurrency, 1)
  checkCount('mapConcurrent: maxQueued', maxQueued, 0)
  return { concurrency, ordered, maxQueued }
}
