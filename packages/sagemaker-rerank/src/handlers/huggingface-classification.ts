import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import { classificationHandler } from './classification-format.ts'

/**
 * The Hugging Face Inference Toolkit with the task `text-classification`, or with `zero-shot-classification` where `labels` are given:
 * `{ inputs: [text], parameters }`. Asks for all labels (`top_k: null`) and has texts that are too long cut (`truncation: true`).
 * `additionalParameters` become members of `parameters`.
 *
 * Source: sagemaker-huggingface-inference-toolkit and the pipelines of Transformers.
 *
 * @public
 */
export function huggingfaceClassification(): ClassificationContentHandler {
  return classificationHandler({
    name: 'huggingface',
    request: ({ texts, labels, multiLabel, additionalParameters }) => {
      const fixed = {
        top_k: null,
        truncation: true,
        function_to_apply: multiLabel === undefined ? undefined : multiLabel ? 'sigmoid' : 'softmax',
      }
      const zeroShot = { candidate_labels: labels, multi_label: multiLabel ?? false }
      return jsonRequest({
        inputs: texts,
        parameters: { ...(labels === undefined ? fixed : zeroShot), ...additionalParameters },
      })
    },
  })
}
