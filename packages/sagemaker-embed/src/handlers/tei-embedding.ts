import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingContentHandler, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { nestedVectors } from '../formats/nested-vectors.ts'
import { sparseAnswer } from '../formats/sparse-vectors.ts'

/**
 * Hugging Face Text Embeddings Inference: `{ inputs, truncate, prompt_name?, normalize?, dimensions? }` to `[[number]]`, or to
 * `[[{ index, value }]]` from a SPLADE model.
 *
 * `inputType` is sent as `prompt_name`: the name of a prompt of the model. A text with more tokens than the model takes is
 * refused: `truncate` is sent as `false`, because its default differs between versions. Set
 * `additionalParameters: { truncate: true }` to have it cut instead. The limits are the server's defaults: 32 texts
 * (`max_client_batch_size`) and 2,000,000 bytes (`payload_limit`).
 *
 * @public
 */
export function teiEmbedding(): EmbeddingContentHandler {
  const name = 'tei'
  const limits = { maxTexts: 32, maxBytes: 2_000_000 }
  const request = (texts: readonly string[], call: EmbeddingCall, options: object): EmbeddingRequest => {
    refuseOptions(name, call, 'dtype')
    return jsonRequest({
      inputs: texts,
      truncate: false,
      prompt_name: call.inputType,
      ...options,
      ...call.additionalParameters,
    })
  }
  return {
    name,
    limits,
    request: (texts, call) => request(texts, call, { normalize: call.normalize, dimensions: call.dimensions }),
    answer: nestedVectors,
    sparse: { limits, request: (texts, call) => request(texts, call, {}), answer: sparseAnswer },
  }
}
