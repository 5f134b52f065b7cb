/**
 * The latency that is asked for.
 *
 * @public
 */
export type PerformanceConfigLatency = 'optimized' | 'standard'

/**
 * Performance settings of Bedrock.
 *
 * @public
 */
export interface PerformanceConfiguration {
  /** The latency that is asked for. */
  readonly latency?: PerformanceConfigLatency | undefined
}
