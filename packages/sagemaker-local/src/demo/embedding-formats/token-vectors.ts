import { embedText } from '../embed-text.ts'
import { tokenize } from '../language/tokenizer.ts'
import type { EmbeddingSettings } from './settings.ts'

/** One vector of unit length per token; a text without tokens has one vector. */
export function embedTokens(text: string, { dimensions, maxTokens }: EmbeddingSettings): Float32Array[] {
  const tokens = tokenize(text).slice(0, maxTokens)
  return (tokens.length === 0 ? [''] : tokens).map((token) => embedText(token, dimensions))
}
