import type { NextTokens } from './n-gram-model.ts'

/** Words in a row that may occur only once in a text. */
const uniqueLength = 5

/**
 * Drops the words that would repeat {@link uniqueLength} words in a row, unless nothing else is left: a model that always takes
 * the most probable word would otherwise repeat endlessly.
 */
export function withoutRepeats(next: NextTokens, ids: readonly number[]): NextTokens {
  const banned = followersOf(ids.slice(-(uniqueLength - 1)), ids)
  if (banned.size === 0) return next
  const kept = next.ids.flatMap((id, index) => (banned.has(id) ? [] : [index]))
  if (kept.length === 0) return next
  return {
    ids: kept.map((index) => next.ids[index] ?? 0),
    probabilities: kept.map((index) => next.probabilities[index] ?? 0),
  }
}

/** Every id that follows `words` somewhere in `ids`. */
function followersOf(words: readonly number[], ids: readonly number[]): Set<number> {
  const followers = new Set<number>()
  if (words.length < uniqueLength - 1) return followers
  for (let end = words.length; end < ids.length; end++) {
    if (words.every((word, index) => ids[end - words.length + index] === word)) followers.add(ids[end] ?? 0)
  }
  return followers
}
