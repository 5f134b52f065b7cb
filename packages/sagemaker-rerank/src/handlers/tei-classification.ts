import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import { classificationHandler, refuseLabels } from './classification-format.ts'
import { teiBatchSize } from './tei-rerank.ts'

/**
 * Hugging Face Text Embeddings Inference with a classifier: `{ inputs: [[text], …] }`, answered with `[[{ label, score }], …]`. Each
 * text has its own list, because TEI takes a list of two strings for one pair. At most 32 texts per request;
 * `additionalParameters: { truncate: true }` cuts texts that are too long.
 *
 * Source: text-embeddings-inference, `router/src/http/types.rs`.
 *
 * @public
 */
export function teiClassification(): ClassificationContentHandler {
  return classificationHandler({
    name: 'tei',
    limits: { maxTexts: teiBatchSize },
    request: (call) => {
      refuseLabels(call, 'tei')
      return jsonRequest({ inputs: call.texts.map((text) => [text]), raw_scores: false, ...call.additionalParameters })
    },
  })
}
