import { nestedVectors } from '../formats/nested-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * Hugging Face Text Embeddings Inference: `{ inputs, truncate, normalize?, dimensions? }` to `[[number]]`.
 *
 * A text with more tokens than the model takes is refused: `truncate` is sent as `false`, because its default differs
 * between versions. Set `additionalParameters: { truncate: true }` to have it cut instead. The limits are the server's
 * defaults: 32 texts (`max_client_batch_size`) and 2,000,000 bytes (`payload_limit`).
 *
 * @public
 */
export function teiEmbedding(): EmbeddingContentHandler {
  return {
    name: 'tei',
    limits: { maxTexts: 32, maxBytes: 2_000_000 },
    request: (texts, call) =>
      jsonRequest({
        inputs: texts,
        truncate: false,
        normalize: call.normalize,
        dimensions: call.dimensions,
        ...call.additionalParameters,
      }),
    answer: nestedVectors,
  }
}
