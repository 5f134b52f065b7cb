/**
 * Times of a call.
 *
 * @public
 */
export interface ConverseMetrics {
  /** From the call to the complete answer, in milliseconds, as the caller measured it. */
  readonly latencyMs: number
}

/**
 * Times of a streamed call.
 *
 * @public
 */
export type ConverseStreamMetrics = ConverseMetrics
