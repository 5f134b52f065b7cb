import { ConcurrentMap } from './concurrent-map.ts'
import { concurrencyLimits, type ConcurrentProject, type MapConcurrentOptions } from './map-concurrent-options.ts'
import { createStreamOperator, type StreamOperator } from './stream-operator.ts'

/**
 * Works on several items at a time, never on more than `concurrency`.
 *
 * 1. Up to `concurrency` items are passed to `project`; the next one when one of them is done. Results are emitted as
 *    they come, or with `ordered` in the order of their items.
 * 2. The first error (of the source, of `project`, of a result) is emitted at once and cancels the rest: the signals of the
 *    projects at work are aborted, results that are Observables are unsubscribed from, the source is closed.
 *    With `ordered`, an error takes its turn: it cancels at once what comes after it, and is emitted after the results of
 *    the items before it, so that what is emitted is what working on one item at a time would emit.
 *    Unsubscribing cancels everything.
 * 3. It completes when the source has completed and all items are done.
 * 4. A plain Observable cannot be slowed: what it pushes too early waits in a queue of at most `maxQueued` items; one more
 *    is a `QueueOverflowError`.
 * 5. Pulled from (see {@link StreamOperator}), it takes an item from its source only when it can be worked on, and nothing
 *    before the first result is wanted. A slow consumer leaves at most twice `concurrency` items taken and not yet
 *    delivered, finished ones included. (A result of many values counts once it is done as that many.)
 *
 * @example
 * ```ts
 * const pages = mapConcurrent((url: string, _, signal) => fetch(url, { signal }), { concurrency: 8, ordered: true })
 * for await (const page of pages(urls)) console.log(page.status)
 * ```
 * @throws {RangeError} when `concurrency` is below 1 or `maxQueued` below 0
 */
export function mapConcurrent<T, R>(
  project: ConcurrentProject<T, R>,
  options: MapConcurrentOptions = {},
): StreamOperator<T, R> {
  const limits = concurrencyLimits(options)
  return createStreamOperator((destination, context) => new ConcurrentMap(destination, context, project, limits))
}
