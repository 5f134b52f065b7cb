import type { Answer } from '../contract/answer.ts'
import { generateParameterNames, temperatureOrGreedy } from '../formats/generated-text/generate-body.ts'
import { generatedTextAnswer, generatedTextWithoutEcho } from '../formats/generated-text/generated-text-answer.ts'
import { plainMessages } from '../contract/message-content.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { DocumentReader } from '../contract/document-reader.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { ModelCall } from '../contract/model-call.ts'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'

const name = 'huggingface'

/**
 * The Hugging Face Inference Toolkit: transformers pipelines behind `huggingface-pytorch-inference` images.
 *
 * Request: `{ inputs, parameters: { max_new_tokens, temperature, do_sample, top_p?, top_k?, return_full_text: false } }`, where `inputs`
 * of a conversation are its messages. Parameters go to the pipeline, which refuses names that it does not know: for tasks
 * without `return_full_text` (summarization, text2text), leave it out by `additionalParameters: { return_full_text: undefined }`.
 * No seed, no stop strings, no streaming: a stream has one fragment of text.
 * Answer: `[{ generated_text }]`, `[{ summary_text }]` or `[{ translation_text }]`; for a conversation `generated_text` may be all
 * of its messages. No stop reason and no token counts. The prompt may come first, and is taken away if it does.
 *
 * Source: aws/sagemaker-huggingface-inference-toolkit `handler_service.py`, `transformers_utils.py`;
 * huggingface/huggingface-inference-toolkit.
 */
export function huggingface(): ContentHandler {
  return {
    name,
    request(call) {
      refuseAbilities(call, name)
      const { stopSequences: _, seed: __, ...names } = generateParameterNames
      const { parameters, warnings } = renameParameters(call, name, names, {
        ...temperatureOrGreedy(call.temperature, true),
        return_full_text: false,
      })
      const inputs = call.messages === undefined ? call.prompt : plainMessages(call.messages, name)
      return jsonRequest({ inputs, parameters: { ...parameters, ...call.additionalParameters } }, { warnings })
    },
    answer: pipelineAnswer,
    reader: (call) => new DocumentReader((body) => pipelineAnswer(body, call)),
  }
}

function pipelineAnswer(body: unknown, call: ModelCall): Answer {
  const wantsPrompt = call.additionalParameters?.['return_full_text'] === true
  return wantsPrompt ? generatedTextAnswer(body, call) : generatedTextWithoutEcho(body, call)
}
