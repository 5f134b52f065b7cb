import type { CacheTTL } from './cache-point-block.ts'

/**
 * Tokens that were written to a cache.
 *
 * @public
 */
export interface CacheDetail {
  /** How long the entry lives. */
  readonly ttl: CacheTTL
  /** Tokens written. */
  readonly inputTokens: number
}

/**
 * What a call has cost, in tokens, as the model's container reported it. Never an estimate: what the container did not
 * report is `undefined`, not 0. (Many containers report the generated tokens only.)
 *
 * @public
 */
export interface TokenUsage {
  /** Tokens of the prompt. */
  readonly inputTokens: number | undefined
  /** Tokens that were generated. */
  readonly outputTokens: number | undefined
  /** Both together; `undefined` unless both are known. */
  readonly totalTokens: number | undefined
  /** Tokens of the prompt that came from a cache. */
  readonly cacheReadInputTokens?: number | undefined
  /** Tokens of the prompt that were written to a cache. */
  readonly cacheWriteInputTokens?: number | undefined
  /** The writes to the cache, by life time. */
  readonly cacheDetails?: CacheDetail[] | undefined
}
