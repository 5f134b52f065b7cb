import { BatchCore } from './batch-core.ts'
import { type BatchOptions, checkBatchOptions } from './batch-options.ts'
import { createStreamOperator, type StreamOperator } from './stream-operator.ts'

/**
 * Groups items into arrays, by count, bytes and time.
 *
 * 1. A batch is emitted as soon as it is full: `maxItems` reached, `maxBytes` reached, the next item would exceed
 *    `maxBytes`, or its first item has waited for `maxWaitMs`.
 * 2. When the source completes, the batch that is not full is emitted, if it has any items; never an empty one.
 * 3. When the source fails, or `sizeOf` throws, the items that came before are emitted as a batch, then the error.
 * 4. Pulled from (see {@link StreamOperator}), it asks its source only for the items of the batch that is wanted, and time
 *    counts only while one is wanted.
 *
 * @example
 * ```ts
 * for await (const texts of batch<string>({ maxItems: 32, maxBytes: 100_000 })(readTexts())) await index(texts)
 * ```
 * @throws {TypeError} when no limit is given
 * @throws {RangeError} when a limit is not a positive number
 */
export function batch<T>(options: BatchOptions<T>): StreamOperator<T, readonly T[]> {
  checkBatchOptions(options)
  return createStreamOperator((destination, context) => new BatchCore(destination, context, options))
}
