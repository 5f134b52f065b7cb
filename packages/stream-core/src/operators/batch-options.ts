import { checkCount } from '../readers/check-count.ts'

/**
 * When a batch is full. At least one of the three limits must be given; the first that is reached counts.
 */
export interface BatchOptions<T> {
  /**
   * The most items of a batch.
   * @defaultValue no limit
   */
  readonly maxItems?: number | undefined
  /**
   * The most bytes of a batch, by `sizeOf`. An item that would exceed it starts the next batch; an item that exceeds it
   * on its own makes its own batch.
   * @defaultValue no limit
   */
  readonly maxBytes?: number | undefined
  /**
   * The longest time, in milliseconds, that an item waits for its batch to fill. Alone it does not bound memory.
   * @defaultValue no limit
   */
  readonly maxWaitMs?: number | undefined
  /**
   * The size of an item in bytes; called once per item, and only with `maxBytes`.
   * @defaultValue the UTF-8 length of a string, the `byteLength` of bytes; other items need a `sizeOf`
   */
  readonly sizeOf?: ((item: T) => number) | undefined
}

/** Timers of all runtimes fire at once when they are asked for more. */
const longestTimerMs = 2 ** 31 - 1

export function checkBatchOptions<T>({ maxItems, maxBytes, maxWaitMs }: BatchOptions<T>): void {
  if (maxItems === undefined && maxBytes === undefined && maxWaitMs === undefined) {
    throw new TypeError('batch needs a limit: maxItems, maxBytes or maxWaitMs.')
  }
  if (maxItems !== undefined) checkCount('batch: maxItems', maxItems, 1)
  if (maxBytes !== undefined) checkCount('batch: maxBytes', maxBytes, 1)
  if (maxWaitMs !== undefined && !(maxWaitMs > 0 && maxWaitMs <= longestTimerMs)) {
    throw new RangeError(`batch: maxWaitMs must be more than 0 and at most ${longestTimerMs}, not ${maxWaitMs}.`)
  }
}
