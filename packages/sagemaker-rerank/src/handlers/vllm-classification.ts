import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import { classificationHandler, refuseLabels } from './classification-format.ts'

/**
 * vLLM with a classifier: `{ model?, input: [text] }`, answered with `{ data: [{ index, label, probs }] }`. The container names only the
 * best label of a text.
 *
 * Source: vLLM, `entrypoints/pooling/classify/protocol.py`.
 *
 * @public
 */
export function vllmClassification(): ClassificationContentHandler {
  return classificationHandler({
    name: 'vllm',
    request: (call) => {
      refuseLabels(call, 'vllm')
      return jsonRequest({ model: call.modelName, input: call.texts, ...call.additionalParameters })
    },
  })
}
