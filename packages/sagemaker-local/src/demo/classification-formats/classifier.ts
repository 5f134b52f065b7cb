import { relevanceLogit, sharedGrams } from '../relevance.ts'

/** Labels, each with words that indicate it. */
export type LabelWords = Readonly<Record<string, string>>

/** Settings of a demo classifier. */
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

/** Logit of a text that consists only of the words of a label. */
const logitScale = 8

/** Returns a logit per label: the share of the text's character n-grams that occur in the words of the label, scaled. */
export function labelLogits(text: string, labels: LabelWords): number[] {
  return Object.values(labels).map((words) => logitScale * sharedGrams(text, words))
}

/** Returns a logit per candidate label: the share of the label's character n-grams that occur in the text, scaled. */
export function candidateLogits(text: string, candidates: readonly string[]): number[] {
  return candidates.map((candidate) => relevanceLogit(candidate, text))
}

/** Sorts labels by their scores, best first; equal scores stay in the order of the model. */
export function bestFirst(names: readonly string[], scores: readonly number[]): LabelScore[] {
  return names.map((label, index) => ({ label, score: scores[index] ?? 0 })).toSorted((a, b) => b.score - a.score)
}
