import { Buffer } from 'node:buffer'
import { AnswerError, describeShape, isJsonObject, jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingContentHandler, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { indexedVectors } from '../formats/any-vectors.ts'
import { multiVectorAnswer } from '../formats/multi-vectors.ts'

/**
 * Jina's containers from the marketplace: `{ data: [{ text }], parameters?: { task?, dimensions?, ... } }` to
 * `{ data: [{ embedding }] }`. Images go as `{ image }`: their URL, or base64 of their bytes. ColBERT models give several vectors
 * per text, asked for with `parameters.input_type`.
 *
 * `inputType` is sent as `parameters.task` (`retrieval.query`, `retrieval.passage`, ...), `dtype` `binary` and `ubinary` as
 * `parameters.embedding_type`. `additionalParameters` go into `parameters`. Source: github.com/jina-ai/jina-sagemaker at 62a4264.
 *
 * @public
 */
export function jinaEmbedding(): EmbeddingContentHandler {
  const name = 'jina'
  const request = (data: readonly object[], call: EmbeddingCall, more: object): EmbeddingRequest => {
    const parameters = { ...more, ...call.additionalParameters }
    return jsonRequest({ data, parameters: Object.values(parameters).some(isGiven) ? parameters : undefined })
  }
  const dense = (data: readonly object[], call: EmbeddingCall): EmbeddingRequest => {
    const isPacked = call.dtype === 'binary' || call.dtype === 'ubinary'
    if (!isPacked) refuseOptions(name, call, 'dtype')
    return request(data, call, {
      task: call.inputType,
      dimensions: call.dimensions,
      normalized: call.normalize,
      embedding_type: isPacked ? call.dtype : undefined,
    })
  }
  const answer: EmbeddingContentHandler['answer'] = (body, call) => {
    const items = isJsonObject(body) ? body['data'] : undefined
    if (!Array.isArray(items)) throw new AnswerError(`expected an object with data, got ${describeShape(body)}`)
    return indexedVectors(items, call)
  }
  return {
    name,
    limits: {},
    request: (texts, call) =>
      dense(
        texts.map((text) => ({ text })),
        call,
      ),
    answer,
    images: {
      limits: {},
      request: (images, call) =>
        dense(
          images.map(({ url, bytes }) => ({ image: url ?? Buffer.from(bytes ?? []).toString('base64') })),
          call,
        ),
      answer,
    },
    multiVector: {
      limits: {},
      request: (texts, call) =>
        request(
          texts.map((text) => ({ text })),
          call,
          {
            input_type: call.inputType ?? (call.kind === 'query' ? 'query' : 'document'),
          },
        ),
      answer: multiVectorAnswer,
    },
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined
}
