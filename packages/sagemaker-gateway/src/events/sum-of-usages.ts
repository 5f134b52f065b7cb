import type { ModelUsage } from '@x/bedrock-like-types'

/** The counts of several answers together; a count that one of them lacks is not known. */
export function sumOfUsages(usages: readonly (ModelUsage | undefined)[]): ModelUsage | undefined {
  const [first, ...others] = usages
  if (others.length === 0 || usages.every((usage) => usage === undefined)) return first
  const sum = (count: (usage: ModelUsage) => number | undefined): number | undefined => {
    const counts = usages.map((usage) => usage && count(usage))
    return counts.reduce((total, more) => (total === undefined || more === undefined ? undefined : total + more), 0)
  }
  return {
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    totalTokens: sum((usage) => usage.totalTokens),
    raw: usages.map((usage) => usage?.raw),
  }
}
