import { anyVectors } from '../formats/any-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * AWS's Large Model Inference container (DJL Serving): `{ inputs }` to `[[number]]`, or to `{ dense_vecs }` from models
 * that also give sparse weights, which are not read.
 *
 * @public
 */
export function lmiEmbedding(): EmbeddingContentHandler {
  return {
    name: 'lmi',
    limits: {},
    request: (texts, call) => jsonRequest({ inputs: texts, ...call.additionalParameters }),
    answer: anyVectors,
  }
}
