import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { RerankDocument } from '@x/bedrock-like-types'
import { documentTexts, imageOf, textOf } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * Options of `jinaRerank`.
 *
 * @public
 */
export interface JinaRerankOptions extends RerankFormatOptions {
  /**
   * Whether the model takes images, as jina-reranker-m0 does. Its requests have another form.
   * @defaultValue `false`
   */
  readonly multimodal?: boolean | undefined
}

/**
 * Jina rerankers of AWS Marketplace: `{ data: { query, documents, top_n? } }`, answered with
 * `{ data: [{ results: [{ index, relevance_score }] }] }`. What the scores are depends on the model. `additionalParameters` become
 * members of `data`.
 *
 * Source: `jina-sagemaker` and its notebooks.
 *
 * @public
 */
export function jinaRerank(options: JinaRerankOptions = {}): RerankContentHandler {
  const { multimodal = false } = options
  return rerankHandler(
    {
      name: 'jina',
      scoreKind: 'unknown',
      request: ({ query, documents, topN, additionalParameters }) => {
        const more = { query, top_n: topN, ...additionalParameters }
        if (multimodal) return jsonRequest({ data: [{ documents: documents.map(documentOf), ...more }] })
        const { texts, warnings } = documentTexts(documents, 'jina')
        return jsonRequest({ data: { documents: texts.map((text) => ({ text })), ...more } }, { warnings })
      },
    },
    options,
  )
}

function documentOf(document: string | RerankDocument): object {
  const image = imageOf(document)
  if (image === undefined) return { text: textOf(document) ?? JSON.stringify(document) }
  return image.url === undefined ? { bytes: Buffer.from(image.bytes).toString('base64') } : { image: image.url }
}
