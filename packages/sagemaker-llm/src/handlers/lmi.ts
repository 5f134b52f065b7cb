import { generateBody, generateParameterNames, temperatureOrGreedy } from '../formats/generated-text/generate-body.ts'
import { promptOrChatAnswer, promptOrChatReader } from '../formats/generated-text/prompt-or-chat.ts'
import { openaiBody } from '../formats/openai/openai-request.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import type { ParameterNames } from '../contract/rename-parameters.ts'

/** Options of {@link lmi}. */
export interface LmiOptions {
  /**
   * LoRA adapter, or one per input, of a container that serves several.
   *
   * @defaultValue none
   */
  readonly adapters?: string | readonly string[] | undefined
}

const name = 'lmi'

/** The log probability of each token comes with its details; alternatives are asked for by their number, as vLLM does. */
const lmiParameterNames: ParameterNames = {
  ...generateParameterNames,
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  logprobs: (logprobs) => (typeof logprobs === 'number' ? { logprobs } : {}),
}

/**
 * DJL Serving's Large Model Inference (LMI) containers, rolling batch and async.
 *
 * Request: `{ inputs, parameters, stream, adapters? }` with the parameters `max_new_tokens`, `temperature`, `do_sample`, `top_p?`,
 * `top_k?`, `stop?`, `stop_sequences?`, `seed?`, `details: true`, `return_full_text: false`. Stop strings are sent under both names: rolling batch knows
 * `stop_sequences`, async only `stop`. `do_sample: true`, because versions up to 0.31 ignore the temperature without it.
 * A conversation is sent as OpenAI `messages`.
 * Answer: `{ generated_text, details: { finish_reason, generated_tokens } }`.
 * Stream: JSON lines (or server-sent events, as the server is set) `{ token: { id, text } }`, the last one with `generated_text` and
 * `details`; a chat has OpenAI's chunks, up to LMI 0.36 as JSON lines without `[DONE]`.
 *
 * Source: deepjavalibrary/djl-serving `serving/docs/lmi/user_guides/{lmi,chat}_input_output_schema.md`,
 * `engines/python/setup/djl_python/output_formatter.py`, `lmi_vllm/request_response_utils.py`.
 */
export function lmi(options: LmiOptions = {}): ContentHandler {
  return {
    name,
    request(call) {
      if (call.messages !== undefined) {
        const { body, warnings } = openaiBody(call, { handlerName: name, overrides: { adapters: options.adapters } })
        return jsonRequest(body, { warnings })
      }
      refuseAbilities(call, name)
      const stop = call.stopSequences?.length ? { stop_sequences: call.stopSequences } : {}
      const { body, warnings } = generateBody(call, {
        handlerName: name,
        names: lmiParameterNames,
        overrides: { ...temperatureOrGreedy(call.temperature, true), ...stop, details: true, return_full_text: false },
        members: { adapters: options.adapters },
      })
      return jsonRequest(body, { warnings })
    },
    answer: promptOrChatAnswer,
    reader: promptOrChatReader,
  }
}
