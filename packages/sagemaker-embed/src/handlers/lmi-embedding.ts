import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { anyVectors } from '../formats/any-vectors.ts'
import { multiVectorAnswer } from '../formats/multi-vectors.ts'
import { sparseAnswer } from '../formats/sparse-vectors.ts'

/**
 * AWS's Large Model Inference container (DJL Serving): `{ inputs }` to `[[number]]`, or to `{ dense_vecs, lexical_weights }` from
 * models such as BGE-M3, whose sparse weights `getSparseEmbeddings()` reads.
 *
 * @public
 */
export function lmiEmbedding(): EmbeddingContentHandler {
  const name = 'lmi'
  const request: EmbeddingContentHandler['request'] = (texts, call) => {
    refuseOptions(name, call, 'inputType', 'dtype')
    return jsonRequest({ inputs: texts, ...call.additionalParameters })
  }
  const limits = {}
  return {
    name,
    limits,
    request,
    answer: anyVectors,
    sparse: { limits, request, answer: sparseAnswer },
    multiVector: { limits, request, answer: multiVectorAnswer },
  }
}
