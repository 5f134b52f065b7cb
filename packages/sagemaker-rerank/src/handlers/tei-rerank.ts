import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { documentTexts } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/** `MAX_CLIENT_BATCH_SIZE` of TEI, if it is not set. */
export const teiBatchSize = 32

/**
 * Hugging Face Text Embeddings Inference: `{ query, texts }`, answered with `[{ index, score }]`. Sends all documents of a request, at
 * most 32, and asks for probabilities; `additionalParameters: { raw_scores: true }` asks for logits, `{ truncate: true }` for documents
 * that are too long to be cut.
 *
 * Source: text-embeddings-inference, `router/src/http/types.rs`.
 *
 * @public
 */
export function teiRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  return rerankHandler(
    {
      name: 'tei',
      limits: { maxDocuments: teiBatchSize },
      scoreKind: 'probability',
      logitsWith: ['raw_scores', true],
      request: ({ query, documents, additionalParameters }) => {
        const { texts, warnings } = documentTexts(documents, 'tei')
        return jsonRequest({ query, texts, raw_scores: false, ...additionalParameters }, { warnings })
      },
    },
    options,
  )
}
