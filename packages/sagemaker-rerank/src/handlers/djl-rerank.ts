import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { documentTexts } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * A cross-encoder in DJL Serving or LMI: `{ query, texts }`, answered with `[[score], …]` in the order of the documents.
 *
 * Source: djl, `CrossEncoderServingTranslator`.
 *
 * @public
 */
export function djlRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  return rerankHandler(
    {
      name: 'djl',
      scoreKind: 'probability',
      request: ({ query, documents, additionalParameters }) => {
        const { texts, warnings } = documentTexts(documents, 'djl')
        return jsonRequest({ query, texts, ...additionalParameters }, { warnings })
      },
    },
    options,
  )
}
