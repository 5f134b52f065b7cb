import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { RerankDocument } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { documentTexts, imageOf, textOf } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * Options of `cohereRerank`.
 *
 * @public
 */
export interface CohereRerankOptions extends RerankFormatOptions {
  /**
   * Version of the API. With 2, as for Rerank 3.5, documents are strings.
   * @defaultValue 1: documents are objects, whose fields the model can see
   */
  readonly apiVersion?: 1 | 2 | undefined
  /**
   * Fields of object documents that are ranked, in the order of their importance.
   * @defaultValue the container's: `text`
   */
  readonly rankFields?: readonly string[] | undefined
}

/**
 * Cohere Rerank of AWS Marketplace: `{ query, documents, top_n?, rank_fields? }`, answered with
 * `{ results: [{ index, relevance_score }] }`.
 *
 * Source: the `cohere-aws` client and Cohere's API reference.
 *
 * @public
 */
export function cohereRerank(options: CohereRerankOptions = {}): RerankContentHandler {
  const { apiVersion = 1, rankFields } = options
  return rerankHandler(
    {
      name: 'cohere',
      scoreKind: 'probability',
      request: ({ query, documents, topN, additionalParameters }) => {
        if (apiVersion === 2) {
          const { texts, warnings } = documentTexts(documents, 'cohere')
          return jsonRequest(
            { api_version: 2, query, documents: texts, top_n: topN, ...additionalParameters },
            { warnings },
          )
        }
        const body = { query, documents: documents.map(fieldsOf), top_n: topN, rank_fields: rankFields }
        return jsonRequest({ ...body, return_documents: false, ...additionalParameters })
      },
    },
    options,
  )
}

function fieldsOf(document: string | RerankDocument, index: number): object {
  if (imageOf(document) !== undefined) {
    throw new SagemakerError('invalid-request', `document ${index} is an image; the format cohere takes texts only.`, {
      index,
    })
  }
  return typeof document === 'string' ? { text: textOf(document) } : document
}
