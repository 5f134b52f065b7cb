import { AnswerError, describeShape, isRecord } from '../formats/answer-shape.ts'
import { indexedVectors } from '../formats/any-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * Options of `openaiEmbedding()`.
 *
 * @public
 */
export interface OpenAIEmbeddingOptions {
  /**
   * How vectors are asked for. As `'base64'` they are under half the bytes, and several times faster to read. Either
   * is understood in the answer, so that a server that does not know the parameter does no harm. Default: `'base64'`.
   */
  readonly encodingFormat?: 'base64' | 'float' | undefined
}

/**
 * OpenAI's format, as vLLM, SGLang and NIM speak it: `{ input, encoding_format, dimensions?, model?, input_type? }` to
 * `{ data: [{ index, embedding }] }`. The limit of 2,048 texts is OpenAI's.
 *
 * `model` is sent when `modelName` is set (NIM requires it), `input_type` when `inputType` is (NIM: `query`, `passage`).
 *
 * @public
 */
export function openaiEmbedding(options: OpenAIEmbeddingOptions = {}): EmbeddingContentHandler {
  const { encodingFormat = 'base64' } = options
  return {
    name: 'openai',
    limits: { maxTexts: 2048 },
    request: (texts, call) =>
      jsonRequest({
        input: texts,
        model: call.modelName,
        encoding_format: encodingFormat,
        dimensions: call.dimensions,
        input_type: call.inputType,
        ...call.additionalParameters,
      }),
    answer: (body, call) => {
      const items = isRecord(body) ? body['data'] : undefined
      if (!Array.isArray(items)) throw new AnswerError(`expected an object with data, got ${describeShape(body)}`)
      return indexedVectors(items, call)
    },
  }
}
