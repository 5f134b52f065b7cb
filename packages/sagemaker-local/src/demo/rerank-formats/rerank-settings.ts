import { countTokens } from '../language/tokenizer.ts'

/** Settings of a demo reranker. */
export interface RerankSettings {
  readonly modelName: string
  /** Longest pair of query and document, in tokens. */
  readonly maxTokens: number
}

/** Counts the tokens of a pair: both texts, and the three special tokens that a cross-encoder adds. */
export function countPairTokens(query: string, document: string): number {
  return countTokens(query) + countTokens(document) + 3
}
