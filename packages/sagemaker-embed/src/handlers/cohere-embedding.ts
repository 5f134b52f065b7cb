import type { EmbeddingDtype } from '@x/bedrock-like-types'
import { AnswerError, describeShape, isJsonObject, jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingContentHandler, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { typedVectors } from '../formats/any-vectors.ts'
import { dataUrl } from '../formats/data-url.ts'
import { nestedVectors } from '../formats/nested-vectors.ts'

/** Types that are asked for by name; without one the answer is a list of single-precision vectors. */
const types: ReadonlySet<EmbeddingDtype | undefined> = new Set(['int8', 'uint8', 'binary', 'ubinary'])

/**
 * Cohere Embed from the marketplace: `{ texts, input_type, truncate, output_dimension?, embedding_types? }` to `{ embeddings }`,
 * as a list or by number type. At most 96 texts; images as `{ images: [dataUrl] }`, one per request.
 *
 * `input_type` is `search_query` for queries and `search_document` for texts, unless `inputType` is set; `image` for images. A
 * text with more tokens than the model takes is refused (`truncate: 'NONE'`); set `additionalParameters: { truncate: 'END' }` to
 * have it cut.
 *
 * @public
 */
export function cohereEmbedding(): EmbeddingContentHandler {
  const name = 'cohere'
  const request = (inputs: object, call: EmbeddingCall): EmbeddingRequest => {
    if (call.dtype === 'float16') refuseOptions(name, call, 'dtype')
    return jsonRequest({
      ...inputs,
      output_dimension: call.dimensions,
      embedding_types: types.has(call.dtype) ? [call.dtype] : undefined,
      ...call.additionalParameters,
    })
  }
  const answer: EmbeddingContentHandler['answer'] = (body, call) => {
    const embeddings = isJsonObject(body) ? body['embeddings'] : undefined
    if (embeddings === undefined)
      throw new AnswerError(`expected an object with embeddings, got ${describeShape(body)}`)
    return isJsonObject(embeddings) ? typedVectors(embeddings, call) : nestedVectors(embeddings, call)
  }
  return {
    name,
    limits: { maxTexts: 96 },
    request: (texts, call) => {
      const inputType = call.inputType ?? (call.kind === 'query' ? 'search_query' : 'search_document')
      return request({ texts, input_type: inputType, truncate: 'NONE' }, call)
    },
    answer,
    images: {
      limits: { maxTexts: 1 },
      request: (images, call) => request({ images: images.map(dataUrl), input_type: 'image' }, call),
      answer,
    },
  }
}
