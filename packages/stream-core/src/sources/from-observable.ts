import type { Observable, Subscribable } from 'rxjs'
import { checkCount } from '../readers/check-count.ts'
import {
  createResponseStream,
  type ResponseStream,
  type ResponseStreamOptions,
} from '../response-stream/response-stream.ts'
import { ObservableReader } from './observable-reader.ts'

/** How much of an Observable may wait for a slow consumer. */
export interface FromObservableOptions extends ResponseStreamOptions {
  /**
   * The most items that wait to be taken; one more is a `QueueOverflowError`, after those that wait.
   * @defaultValue 10000
   */
  readonly maxQueued?: number | undefined
}

/**
 * An Observable, to be pulled: for `for await`, `batch`, `mapConcurrent` and decoders with back-pressure behind it.
 *
 * It is subscribed to when the first item is wanted, once for each run, and unsubscribed from when the run is left. It
 * cannot be slowed, so what it pushes waits in a queue with a limit; the end, or an error, comes after what waits.
 *
 * @throws {RangeError} when `maxQueued` is not a whole number of at least 0
 */
export function fromObservable<T>(
  source: Observable<T> | Subscribable<T>,
  options: FromObservableOptions = {},
): ResponseStream<T> {
  const { maxQueued = 10_000, signal } = options
  checkCount('fromObservable: maxQueued', maxQueued, 0)
  return createResponseStream(() => new ObservableReader(source, maxQueued), signal)
}
