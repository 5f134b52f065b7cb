import { anyVectors } from '../formats/any-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * The Hugging Face Inference Toolkit: `{ inputs, parameters? }` to token vectors (`feature-extraction`, which needs the
 * option `pooling`) or to `{ embeddings }` (`sentence-embeddings`). `additionalParameters` go into `parameters`.
 *
 * @public
 */
export function huggingfaceEmbedding(): EmbeddingContentHandler {
  return {
    name: 'huggingface',
    limits: {},
    request: (texts, call) => jsonRequest({ inputs: texts, parameters: call.additionalParameters }),
    answer: anyVectors,
  }
}
