import type { Subscription } from 'rxjs'
import { asyncScheduler } from '../rxjs/operator-parts.ts'
import { createOperator } from './create-operator.ts'
import { createStreamOperator, type StreamOperator } from './stream-operator.ts'
import { type BatchOptions, checkBatchOptions } from './batch-options.ts'
import { BatchReader } from './batch-reader.ts'
import { Batcher } from './batcher.ts'

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
 * @throws TypeError when no limit is given, RangeError when one is not a positive number
 */
export function batch<T>(options: BatchOptions<T>): StreamOperator<T, readonly T[]> {
  checkBatchOptions(options)
  const { maxWaitMs } = options
  const push = createOperator<T, readonly T[]>((destination) => {
    const batcher = new Batcher(options)
    let timer: Subscription | undefined
    const emit = (batches: readonly (readonly T[])[]): void => {
      for (const items of batches) destination.next(items)
    }
    const restartTimer = (): void => {
      timer?.unsubscribe()
      if (maxWaitMs === undefined || batcher.isEmpty) return
      timer = asyncScheduler.schedule(() => emit(batcher.flush()), maxWaitMs)
    }
    destination.add(() => timer?.unsubscribe())
    return {
      next: (item) => {
        const wasEmpty = batcher.isEmpty
        let full: readonly (readonly T[])[] = []
        try {
          full = batcher.push(item)
        } catch (error) {
          emit(batcher.flush())
          throw error
        }
        if (wasEmpty || full.length > 0) restartTimer()
        emit(full)
      },
      complete: () => {
        emit(batcher.flush())
        destination.complete()
      },
      error: (error) => {
        emit(batcher.flush())
        destination.error(error)
      },
    }
  })
  return createStreamOperator(push, (source) => new BatchReader(source, options))
}
