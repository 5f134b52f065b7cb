import { embedText } from '../embed-text.ts'
import { tokenize } from '../language/tokenizer.ts'
import type { EmbeddingSettings } from './settings.ts'

/** Returns a vector of unit length per token; one vector for a text without tokens. */
export function embedTokens(text: string, { dimensions, maxTokens }: EmbeddingSettings): Float32Array[] {
  const tokens = tokenize(text).slice(0, maxTokens)
  return (tokens.length === 0 ? [''] : tokens).map((token) => embedText(token, dimensions))
}
