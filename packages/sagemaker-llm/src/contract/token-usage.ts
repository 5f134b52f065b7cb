import type { TokenUsage } from '@x/bedrock-like-types'

/**
 * Token counts as far as they are known; `undefined` when none is. The total is the container's own, or the sum when both
 * parts are known.
 */
export function tokenUsage(
  inputTokens: number | undefined,
  outputTokens: number | undefined,
  totalTokens?: number,
): TokenUsage | undefined {
  if (inputTokens === undefined && outputTokens === undefined && totalTokens === undefined) return undefined
  const both = inputTokens !== undefined && outputTokens !== undefined
  return { inputTokens, outputTokens, totalTokens: totalTokens ?? (both ? inputTokens + outputTokens : undefined) }
}
