import { countTokens } from '../language/tokenizer.ts'

/** What a format knows about the demo reranker behind it. */
export interface RerankSettings {
  readonly modelName: string
  /** Longest pair of query and document, in tokens. */
  readonly maxTokens: number
}

/** Tokens of a pair: both texts, and the three marks around them that a cross-encoder adds. */
export function countPairTokens(query: string, document: string): number {
  return countTokens(query) + countTokens(document) + 3
}
