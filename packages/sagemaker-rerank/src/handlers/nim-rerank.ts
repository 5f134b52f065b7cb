import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { documentTexts } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * NVIDIA NIM of the NeMo Retriever: `{ model, query: { text }, passages: [{ text }] }`, answered with
 * `{ rankings: [{ index, logit }] }`. The container wants the option `modelName`; `additionalParameters: { truncate: 'END' }` cuts
 * documents that are too long.
 *
 * Source: NVIDIA's API reference of the reranking NIM.
 *
 * @public
 */
export function nimRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  return rerankHandler(
    {
      name: 'nim',
      scoreKind: 'logit',
      request: ({ query, documents, modelName, additionalParameters }) => {
        const { texts, warnings } = documentTexts(documents, 'nim')
        const passages = texts.map((text) => ({ text }))
        return jsonRequest(
          { model: modelName, query: { text: query }, passages, ...additionalParameters },
          { warnings },
        )
      },
    },
    options,
  )
}
