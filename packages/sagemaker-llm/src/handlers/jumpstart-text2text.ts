import { temperatureOrGreedy } from '../formats/generated-text/generate-body.ts'
import { generatedTextWithoutEcho } from '../formats/generated-text/generated-text-answer.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { DocumentReader } from '../contract/document-reader.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'

const name = 'jumpstartText2Text'

/**
 * JumpStart's scripts for FLAN-T5, T0, AlexaTM, GPT-2, Bloom and GPT-J.
 *
 * Request: `{ text_inputs, max_length, temperature, do_sample, top_k?, top_p?, seed? }`, all at top level. No stop strings and no
 * streaming: a stream has one fragment of text.
 * Answer: `{ generated_texts: [text] }`, `[[{ generated_text }]]` or `{ generated_text }`. No stop reason and no token counts. GPT-J and
 * Bloom may send the prompt first; it is taken away if they do.
 *
 * Source: aws/amazon-sagemaker-examples, JumpStart text2text notebooks; aws/sagemaker-python-sdk
 * `tests/unit/sagemaker/jumpstart/constants.py`.
 */
export function jumpstartText2Text(): ContentHandler {
  return {
    name,
    takes: 'prompt',
    request(call) {
      refuseAbilities(call, name)
      const names = {
        maxNewTokens: 'max_length',
        temperature: 'temperature',
        topP: 'top_p',
        topK: 'top_k',
        seed: 'seed',
      }
      const { parameters, warnings } = renameParameters(call, name, names, temperatureOrGreedy(call.temperature, true))
      return jsonRequest({ text_inputs: call.prompt, ...parameters, ...call.additionalParameters }, { warnings })
    },
    answer: generatedTextWithoutEcho,
    reader: (call) => new DocumentReader((body) => generatedTextWithoutEcho(body, call)),
  }
}
