import { AnswerError, describeShape, isRecord } from '../formats/answer-shape.ts'
import { nestedVectors } from '../formats/nested-vectors.ts'
import { typedVectors } from '../formats/any-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * Cohere Embed from the marketplace: `{ texts, input_type, truncate, output_dimension? }` to `{ embeddings }`, as a list
 * or by number type. At most 96 texts.
 *
 * `input_type` is `search_query` for queries and `search_document` for texts, unless `inputType` is set. A text with more
 * tokens than the model takes is refused (`truncate: 'NONE'`); set `additionalParameters: { truncate: 'END' }` to have it cut.
 *
 * @public
 */
export function cohereEmbedding(): EmbeddingContentHandler {
  return {
    name: 'cohere',
    limits: { maxTexts: 96 },
    request: (texts, call) =>
      jsonRequest({
        texts,
        input_type: call.inputType ?? (call.kind === 'query' ? 'search_query' : 'search_document'),
        truncate: 'NONE',
        output_dimension: call.dimensions,
        ...call.additionalParameters,
      }),
    answer: (body, call) => {
      const embeddings = isRecord(body) ? body['embeddings'] : undefined
      if (embeddings === undefined)
        throw new AnswerError(`expected an object with embeddings, got ${describeShape(body)}`)
      return isRecord(embeddings) ? typedVectors(embeddings, call) : nestedVectors(embeddings, call)
    },
  }
}
