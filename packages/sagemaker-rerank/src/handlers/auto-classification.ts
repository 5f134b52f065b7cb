import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import { findLabels, type LabelFormat } from '../formats/found-labels.ts'
import { refuseLabels } from './classification-format.ts'
import { huggingfaceClassification } from './huggingface-classification.ts'
import { jumpstartClassification } from './jumpstart-classification.ts'
import { teiClassification } from './tei-classification.ts'
import { teiBatchSize } from './tei-rerank.ts'
import { vllmClassification } from './vllm-classification.ts'

/**
 * Finds out the format of the container from its first answer, and remembers it.
 *
 * The first request has the members of TEI and of vLLM, `{ inputs: [[text], …], input: [text, …] }`. A container that refuses it gets
 * `{ inputs: [text, …] }` of the Hugging Face Inference Toolkit, so that a guess costs at most one refused request. With `labels`, the
 * requests are those of a zero-shot model in the Hugging Face toolkit. One object serves one endpoint.
 *
 * @public
 */
export function autoClassification(): ClassificationContentHandler {
  const huggingface = huggingfaceClassification()
  const tei = teiClassification()
  let found: ClassificationContentHandler | undefined
  let isRefused = false
  /** Both TEI and Hugging Face answer with lists; they differ in the requests that they take. */
  const handlerOf = (format: LabelFormat): ClassificationContentHandler => {
    if (format === 'vllm') return vllmClassification()
    if (format === 'jumpstart') return jumpstartClassification()
    return format === 'lists' && !isRefused ? tei : huggingface
  }
  return {
    name: 'auto',
    limits: { maxTexts: teiBatchSize },
    get isUndecided() {
      return found === undefined
    },
    request: (call) => {
      const { texts, labels, modelName: model, additionalParameters } = call
      if (found !== undefined) return found.request(call)
      if (labels !== undefined) return huggingface.request(call)
      refuseLabels(call, 'auto')
      const inputs = texts.map((text) => [text])
      return jsonRequest({ model, inputs, input: texts, ...additionalParameters })
    },
    answer: (body, call) => {
      found ??= call.labels === undefined ? handlerOf(findLabels(body, call.texts.length).format) : huggingface
      return found.answer(body, call)
    },
    alternative: ({ code }, call) => {
      if (found !== undefined || code !== 'invalid-request' || call.labels !== undefined) return undefined
      isRefused = true
      return huggingface.request(call)
    },
  }
}
