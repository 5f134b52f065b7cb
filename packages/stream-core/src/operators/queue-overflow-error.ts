const brand = Symbol.for('@x/stream-core.QueueOverflowError')

/**
 * A plain Observable has pushed more than may wait. It cannot be slowed: take its items from an iterable or a
 * ResponseStream, raise `maxQueued`, or drop items before they come here.
 */
export class QueueOverflowError extends Error {
  /** Always `QueueOverflowError`. */
  override readonly name: string = 'QueueOverflowError'
  /** Always `queue-overflow`. */
  readonly code = 'queue-overflow'
  /** Always false: the same source overflows again. */
  readonly retryable: boolean = false
  /** The limit that was exceeded, in items. */
  readonly maxQueued: number

  constructor(maxQueued: number) {
    super(
      `queue-overflow: more than maxQueued = ${maxQueued} items wait for a place, and an Observable cannot be slowed`,
    )
    this.maxQueued = maxQueued
    Object.defineProperty(this, brand, { value: true })
  }

  /** Whether `value` is a `QueueOverflowError`, also one of another copy of this package, where `instanceof` fails. */
  static is(value: unknown): value is QueueOverflowError {
    return typeof value === 'object' && value !== null && brand in value
  }
}
