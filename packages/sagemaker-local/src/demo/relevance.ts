import { characterGrams } from './embed-text.ts'

/** Logits lie between minus and plus half of this, so that probabilities come near 0 and 1 without reaching them. */
const logitRange = 12

/**
 * How much of a query is in a document: the share of the query's character n-grams that the document has, as a logit from -6 to 6. It
 * knows nothing about meaning. A query without any character scores the same for every document.
 */
export function relevanceLogit(query: string, document: string): number {
  return logitRange * (sharedGrams(query, document) - 0.5)
}

/** The share of the distinct n-grams of a text that occur in another text, from 0 to 1. */
export function sharedGrams(text: string, other: string): number {
  const grams = new Set(characterGrams(text))
  if (grams.size === 0) return 0
  const others = new Set(characterGrams(other))
  let shared = 0
  for (const gram of grams) if (others.has(gram)) shared++
  return shared / grams.size
}

/** The logistic function, by which cross-encoders make probabilities of logits. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** Probabilities that add up to 1. */
export function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** Positions with their scores, best first; equal scores in the order of their positions. */
export function ranked(scores: readonly number[]): { index: number; score: number }[] {
  return scores.map((score, index) => ({ index, score })).toSorted((a, b) => b.score - a.score || a.index - b.index)
}
