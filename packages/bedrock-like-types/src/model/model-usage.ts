/**
 * What a call has cost, in tokens, as the container reported it. Never an estimate: what the container did not report is
 * `undefined`, not 0.
 *
 * @public
 */
export interface ModelUsage {
  /** Tokens of the prompt, those from a cache included. */
  readonly inputTokens: number | undefined
  /** Tokens that were generated, those of the reasoning included. */
  readonly outputTokens: number | undefined
  /** Tokens of the prompt and of the answer; `undefined` unless both are known. */
  readonly totalTokens: number | undefined
  /** Part of `outputTokens` that was spent on reasoning. */
  readonly reasoningTokens?: number | undefined
  /** Tokens of the prompt that came from a cache. */
  readonly cacheReadTokens?: number | undefined
  /** Tokens of the prompt that were written to a cache. */
  readonly cacheWriteTokens?: number | undefined
  /** The usage as the container wrote it, parsed. */
  readonly raw: unknown
}
