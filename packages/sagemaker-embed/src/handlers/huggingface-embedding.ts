import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { anyVectors } from '../formats/any-vectors.ts'
import { multiVectorAnswer } from '../formats/multi-vectors.ts'

/**
 * The Hugging Face Inference Toolkit: `{ inputs, parameters? }` to token vectors (`feature-extraction`, which needs the option
 * `pooling`) or to `{ embeddings }` (`sentence-embeddings`). `additionalParameters` go into `parameters`.
 *
 * @public
 */
export function huggingfaceEmbedding(): EmbeddingContentHandler {
  const name = 'huggingface'
  const request: EmbeddingContentHandler['request'] = (texts, call) => {
    refuseOptions(name, call, 'inputType', 'dtype')
    return jsonRequest({ inputs: texts, parameters: call.additionalParameters })
  }
  const limits = {}
  return { name, limits, request, answer: anyVectors, multiVector: { limits, request, answer: multiVectorAnswer } }
}
