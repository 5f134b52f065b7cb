import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { CallWarning, RerankDocument } from '@x/bedrock-like-types'
import { imageOf, imageUrlOf, textOf } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * vLLM: `{ model?, query, documents, top_n? }`, answered with `{ results: [{ index, relevance_score }] }`. Images are sent as
 * `image_url` parts, for multimodal rerankers. Scores are probabilities for cross-encoders;
 * `additionalParameters: { use_activation: false }` asks for logits.
 *
 * Source: vLLM, `entrypoints/pooling/score/protocol.py`.
 *
 * @public
 */
export function vllmRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  return rerankHandler(
    {
      name: 'vllm',
      scoreKind: 'probability',
      logitsWith: ['use_activation', false],
      request: ({ query, documents, topN, modelName, additionalParameters }) => {
        const sent = documents.map(documentOf)
        const count = sent.filter((document, index) => document === JSON.stringify(documents[index])).length
        const warnings: CallWarning[] = []
        if (count > 0)
          warnings.push({ option: 'documents', message: `${count} documents have no text and were sent as JSON.` })
        return jsonRequest(
          { model: modelName, query, documents: sent, top_n: topN, ...additionalParameters },
          { warnings },
        )
      },
    },
    options,
  )
}

function documentOf(document: string | RerankDocument): unknown {
  const image = imageOf(document)
  if (image !== undefined) return { content: [{ type: 'image_url', image_url: { url: imageUrlOf(image) } }] }
  return textOf(document) ?? JSON.stringify(document)
}
