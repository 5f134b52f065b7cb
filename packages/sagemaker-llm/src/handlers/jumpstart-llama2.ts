import { generatedTextAnswer } from '../formats/generated-text/generated-text-answer.ts'
import { plainMessages } from '../contract/message-content.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { DocumentReader } from '../contract/document-reader.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'

/** Options of {@link jumpstartLlama2}. */
export interface JumpstartLlama2Options {
  /**
   * Send `accept_eula=true`: you have read the model's licence and accept it.
   *
   * @defaultValue false
   */
  readonly acceptEula?: boolean | undefined
}

const name = 'jumpstartLlama2'

/**
 * The first JumpStart versions of Llama 2 and Code Llama.
 *
 * Request: `{ inputs, parameters: { max_new_tokens, temperature, top_p? } }`. The `inputs` of a conversation are a batch of one:
 * `[[{ role, content }]]`, roles `system` (first or not at all), then `user` and `assistant` in turns, the last one `user`.
 * The licence is accepted in the custom attributes: `accept_eula=true`. No `top_k`, stop strings, seed or streaming: a stream
 * has one fragment of text.
 * Answer: `[{ generation: { role, content } }]`, for a prompt `[{ generation: text }]`. No stop reason and no token counts.
 *
 * Source: aws/amazon-sagemaker-examples, JumpStart notebooks for Llama 2.
 */
export function jumpstartLlama2(options: JumpstartLlama2Options = {}): ContentHandler {
  return {
    name,
    request(call) {
      refuseAbilities(call, name)
      const names = { maxNewTokens: 'max_new_tokens', temperature: 'temperature', topP: 'top_p' }
      const { parameters, warnings } = renameParameters(call, name, names)
      const inputs = call.messages === undefined ? call.prompt : [plainMessages(call.messages, name)]
      return jsonRequest(
        { inputs, parameters: { ...parameters, ...call.additionalParameters } },
        { warnings, customAttributes: options.acceptEula ? 'accept_eula=true' : undefined },
      )
    },
    answer: generatedTextAnswer,
    reader: (call) => new DocumentReader((body) => generatedTextAnswer(body, call)),
  }
}
