import { characterGrams } from './embed-text.ts'

/** Logits range from -6 to 6, so that probabilities come close to 0 and 1 without reaching them. */
const logitRange = 12

/**
 * Scores a document by the share of the query's character n-grams that occur in it, as a logit from -6 to 6. Meaning plays no role. All documents
 * score equally for a query without characters.
 */
export function relevanceLogit(query: string, document: string): number {
  return logitRange * (sharedGrams(query, document) - 0.5)
}

/** Returns the share of the distinct n-grams of a text that occur in another text, from 0 to 1. */
export function sharedGrams(text: string, other: string): number {
  const grams = new Set(characterGrams(text))
  if (grams.size === 0) return 0
  const others = new Set(characterGrams(other))
  let shared = 0
  for (const gram of grams) if (others.has(gram)) shared++
  return shared / grams.size
}

/** The logistic function, which converts the logit of a cross-encoder to a probability. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** Converts logits to probabilities that add up to 1. */
export function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** Sorts positions by their scores, best first; equal scores stay in the order of their positions. */
export function ranked(scores: readonly number[]): { index: number; score: number }[] {
  return scores.map((score, index) => ({ index, score })).toSorted((a, b) => b.score - a.score || a.index - b.index)
}
