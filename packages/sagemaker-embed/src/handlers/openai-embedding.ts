import type { EmbeddingDtype } from '@x/bedrock-like-types'
import { AnswerError, describeShape, isJsonObject, jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingContentHandler, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { indexedVectors } from '../formats/any-vectors.ts'
import { dataUrl } from '../formats/data-url.ts'
import { elementEncoding } from '../formats/element-type.ts'
import { multiVectorAnswer } from '../formats/multi-vectors.ts'

/**
 * Options of `openaiEmbedding()`.
 *
 * @public
 */
export interface OpenAIEmbeddingOptions {
  /**
   * How vectors are asked for. As `'base64'` they have less than half the bytes and are several times faster to read, but the
   * text does not say what its elements are. Either is understood in the answer, so that a server that does not know the
   * parameter does no harm.
   * @defaultValue `'base64'`, and `'float'` for a `dtype` other than `float32`: a server that ignores the `dtype` would be misread
   */
  readonly encodingFormat?: 'base64' | 'float' | undefined
  /**
   * What the server calls the `inputType`: NIM `input_type`, Jina's models `task`.
   * @defaultValue `'input_type'`
   */
  readonly inputTypeParameter?: string | undefined
  /**
   * What the server calls the `dtype`: vLLM `embed_dtype`, Voyage and Mistral `output_dtype`, NIM `embedding_type`.
   * @defaultValue `'embed_dtype'` for `float16`, `'output_dtype'` for the others
   */
  readonly dtypeParameter?: 'embed_dtype' | 'output_dtype' | 'embedding_type' | undefined
}

/**
 * OpenAI's format, as vLLM, SGLang and NIM speak it: `{ input, encoding_format, dimensions?, model?, input_type? }` to
 * `{ data: [{ index, embedding }] }`. The limit of 2,048 texts is OpenAI's. Images go as vLLM's chat `messages`, one per request;
 * several vectors per text are asked for as vLLM's pooling task `token_embed`.
 *
 * `model` is sent if `modelName` is set (NIM requires it), `input_type` if `inputType` is (NIM: `query`, `passage`).
 *
 * @public
 */
export function openaiEmbedding(options: OpenAIEmbeddingOptions = {}): EmbeddingContentHandler {
  const name = 'openai'
  const { inputTypeParameter = 'input_type' } = options
  const parameterOf = (dtype: EmbeddingDtype): string =>
    options.dtypeParameter ?? (dtype === 'float16' ? 'embed_dtype' : 'output_dtype')
  const request = (inputs: object, call: EmbeddingCall): EmbeddingRequest => {
    const { dtype } = call
    const isOther = dtype !== undefined && dtype !== 'float32'
    // Refuses what the answer could not be read as, before anything is sent.
    elementEncoding(call)
    return jsonRequest({
      ...inputs,
      model: call.modelName,
      encoding_format: options.encodingFormat ?? (isOther ? 'float' : 'base64'),
      dimensions: call.dimensions,
      ...(call.inputType !== undefined && { [inputTypeParameter]: call.inputType }),
      ...(isOther && { [parameterOf(dtype)]: dtype }),
      ...call.additionalParameters,
    })
  }
  const answer: EmbeddingContentHandler['answer'] = (body, call) => {
    const items = isJsonObject(body) ? body['data'] : undefined
    if (!Array.isArray(items)) throw new AnswerError(`expected an object with data, got ${describeShape(body)}`)
    return indexedVectors(items, call)
  }
  return {
    name,
    limits: { maxTexts: 2048 },
    request: (texts, call) => request({ input: texts }, call),
    answer,
    images: {
      limits: { maxTexts: 1 },
      request: ([image], call) => {
        const content = image && [{ type: 'image_url', image_url: { url: dataUrl(image) } }]
        return request({ messages: [{ role: 'user', content }] }, call)
      },
      answer,
    },
    multiVector: {
      limits: { maxTexts: 2048 },
      request: (texts, call) => {
        refuseOptions(`${name} (several vectors per text)`, call, 'inputType')
        const body = { input: texts, model: call.modelName, task: 'token_embed', encoding_format: 'float' }
        return jsonRequest({ ...body, ...call.additionalParameters })
      },
      answer: multiVectorAnswer,
    },
  }
}
