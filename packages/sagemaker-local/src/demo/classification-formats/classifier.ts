import { relevanceLogit, sharedGrams } from '../relevance.ts'

/** Labels with words that speak for them. */
export type LabelWords = Readonly<Record<string, string>>

/** What a format knows about the demo classifier behind it. */
export interface ClassificationSettings {
  readonly modelName: string
  /** Longest text, in tokens. */
  readonly maxTokens: number
  /** The labels of the model, in the order of its outputs. */
  readonly labels: LabelWords
}

/** A label with its score. */
export interface LabelScore {
  readonly label: string
  readonly score: number
}

/** How many times larger a logit gets by a text that consists of nothing but a label's words. */
const logitScale = 8

/** One logit per label: the share of a text's character n-grams that occur in the words for the label. */
export function labelLogits(text: string, labels: LabelWords): number[] {
  return Object.values(labels).map((words) => logitScale * sharedGrams(text, words))
}

/** One logit per candidate label: how much of the label occurs in the text. */
export function candidateLogits(text: string, candidates: readonly string[]): number[] {
  return candidates.map((candidate) => relevanceLogit(candidate, text))
}

/** Labels with their scores, best first; equal scores in the order of the model. */
export function bestFirst(names: readonly string[], scores: readonly number[]): LabelScore[] {
  return names.map((label, index) => ({ label, score: scores[index] ?? 0 })).toSorted((a, b) => b.score - a.score)
}
