import type { NextTokens } from './n-gram-model.ts'
import type { Random } from '../../answers/seeded-random.ts'

/** How the next word is chosen. */
export interface Sampling {
  /** 0 always takes the most probable word; 1 takes words as often as the model expects them. */
  readonly temperature: number
  /** Only the most probable words whose probabilities sum up to this share. */
  readonly topP?: number | undefined
  /** Only this many of the most probable words. */
  readonly topK?: number | undefined
}

/** A chosen word, and the natural logarithm of the probability that the model gave it. */
export interface SampledToken {
  readonly id: number
  readonly logprob: number
}

/** Chooses one of the words that may come next. */
export function sampleToken(next: NextTokens, sampling: Sampling, random: Random): SampledToken {
  const { ids, probabilities } = next
  const take = (index: number): SampledToken => ({ id: ids[index] ?? 0, logprob: Math.log(probabilities[index] ?? 1) })
  if (sampling.temperature <= 0) return take(0)
  const best = probabilities[0] ?? 1
  // Relative to the best one, so that a low temperature cannot make every weight vanish.
  const weights = probabilities.map((probability) => (probability / best) ** (1 / sampling.temperature))
  const kept = weights.slice(0, nucleusSize(weights.slice(0, sampling.topK), sampling.topP))
  let rest = random() * sum(kept)
  const chosen = kept.findIndex((weight) => (rest -= weight) < 0)
  return take(Math.max(chosen, 0))
}

/** How many of the descending weights make up the share `topP` of their sum, at least one. */
function nucleusSize(weights: readonly number[], topP: number = 1): number {
  let missing = topP * sum(weights)
  const last = weights.findIndex((weight) => (missing -= weight) <= 0)
  return last < 0 ? weights.length : last + 1
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
