import { bedrockCompatAnswer, BedrockCompatReader } from '../formats/bedrock-compat/bedrock-compat-answer.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'

const name = 'bedrockCompat'

/**
 * LMI in its Bedrock-compatible mode (`bedrock_compat`): the form of Bedrock's Llama models.
 *
 * Request: `{ prompt, max_gen_len, temperature, top_p? }`. No `top_k`, stop strings or seed.
 * Answer: `{ body: { generation, prompt_token_count, generation_token_count, stop_reason } }`, also without the `body` around it.
 * Stream: the same in pieces of `generation`, the last one with a `stop_reason`.
 *
 * Source: deepjavalibrary/djl-serving, `bedrock_compat` output formatter; Amazon Bedrock user guide, Meta Llama models.
 */
export function bedrockCompat(): ContentHandler {
  return {
    name,
    takes: 'prompt',
    request(call) {
      refuseAbilities(call, name)
      const names = { maxNewTokens: 'max_gen_len', temperature: 'temperature', topP: 'top_p' }
      const { parameters, warnings } = renameParameters(call, name, names)
      return jsonRequest({ prompt: call.prompt, ...parameters, ...call.additionalParameters }, { warnings })
    },
    answer: bedrockCompatAnswer,
    reader: () => new BedrockCompatReader(),
  }
}
