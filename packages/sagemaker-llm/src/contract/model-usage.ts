import type { ModelUsage } from '@x/bedrock-like-types'

/** Token counts under the names of {@link ModelUsage}; `undefined` where the container did not report one. */
export type TokenCounts = {
  readonly [Count in Exclude<keyof ModelUsage, 'raw'>]?: number | undefined
}

/**
 * The usage that a container reported; `undefined` when it reported no count of the prompt, of the answer or of both.
 *
 * The total is the container's own, or the sum when both parts are known.
 *
 * @param raw - The usage as the container wrote it, parsed
 */
export function modelUsage(counts: TokenCounts, raw: unknown): ModelUsage | undefined {
  const { inputTokens, outputTokens, totalTokens, reasoningTokens, cacheReadTokens, cacheWriteTokens } = counts
  if (inputTokens === undefined && outputTokens === undefined && totalTokens === undefined) return undefined
  const both = inputTokens !== undefined && outputTokens !== undefined
  return {
    inputTokens,
    outputTokens,
    totalTokens: totalTokens ?? (both ? inputTokens + outputTokens : undefined),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
    ...(cacheReadTokens === undefined ? {} : { cacheReadTokens }),
    ...(cacheWriteTokens === undefined ? {} : { cacheWriteTokens }),
    raw,
  }
}
