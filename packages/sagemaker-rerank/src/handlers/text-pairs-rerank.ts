import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { documentTexts } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * Inference scripts for the `SagemakerEndpointCrossEncoder` of LangChain in Python: `{ text_pairs: [[query, document]] }`, answered
 * with `{ scores: [score] }` in the order of the documents.
 *
 * Source: langchain-community, `cross_encoders/sagemaker_endpoint.py`.
 *
 * @public
 */
export function textPairsRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  return rerankHandler(
    {
      name: 'textPairs',
      scoreKind: 'unknown',
      request: ({ query, documents, additionalParameters }) => {
        const { texts, warnings } = documentTexts(documents, 'textPairs')
        return jsonRequest({ text_pairs: texts.map((text) => [query, text]), ...additionalParameters }, { warnings })
      },
    },
    options,
  )
}
