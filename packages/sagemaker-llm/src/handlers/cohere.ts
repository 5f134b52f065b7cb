import { cohereAnswer, CohereReader } from '../formats/cohere/cohere-answer.ts'
import { cohereConversation } from '../formats/cohere/cohere-conversation.ts'
import { cohereTools } from '../formats/cohere/cohere-tools.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'
import { jsonRequest } from '../contract/json-request.ts'
import type { ModelCall } from '../contract/model-call.ts'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'

/** Options of {@link cohere}. */
export interface CohereOptions {
  /**
   * How `complete` sends its prompt: as `prompt` of the generate API, or as `message` of the chat API, for packages that
   * have no other (Command R and later). Default: `'prompt'`.
   */
  readonly completeAs?: 'prompt' | 'message' | undefined
}

const name = 'cohere'

/**
 * Cohere's model packages: chat API v1, and the generate API for `complete`.
 *
 * Request: `{ message, chat_history?, preamble?, max_tokens, temperature, p?, k?, stop_sequences?, seed?, stream, tools?, tool_results? }`,
 * with `prompt` in place of `message`, `chat_history` and `preamble` for generate. `p` is kept within 0.01 and 0.99, its limits.
 * Tools have flat `parameter_definitions`; `toolChoice` other than `auto` is refused.
 * Answer: `{ text, tool_calls?: [{ name, parameters }], finish_reason, meta: { billed_units } }`, or `{ generations: [{ text }] }`.
 * Stream: JSON objects one after the other, not always on lines of their own: `{ is_finished, event_type, text? }`, at the end
 * `{ is_finished: true, finish_reason, response }`. Tool calls have no ids, and the finish reason is `COMPLETE` with them, too.
 *
 * Source: cohere-ai/cohere-aws `cohere_aws/{chat,generation,client}.py`; cohere-ai/cohere-typescript.
 */
export function cohere(options: CohereOptions = {}): ContentHandler {
  return {
    name,
    request(call) {
      refuseAbilities(call, name, { tools: true })
      if (call.toolChoice?.any !== undefined || call.toolChoice?.tool !== undefined) {
        throw invalidRequest(`toolChoice: ${name} cannot force a tool`)
      }
      const { parameters, warnings } = renameParameters(call, name, names, limits(call))
      const { tools, warnings: toolWarnings } = cohereTools(call.tools ?? [])
      const body = {
        ...input(call, options),
        ...parameters,
        model: call.modelName,
        stream: call.stream,
        tools: tools.length > 0 ? tools : undefined,
        ...call.additionalParameters,
      }
      return jsonRequest(body, { warnings: [...warnings, ...toolWarnings] })
    },
    answer: cohereAnswer,
    reader: () => new CohereReader(),
  }
}

const names = {
  maxNewTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'p',
  topK: 'k',
  stopSequences: 'stop_sequences',
  seed: 'seed',
}

function input(call: ModelCall, { completeAs }: CohereOptions): object {
  if (call.messages !== undefined) return cohereConversation(call.messages, name)
  return completeAs === 'message' ? { message: call.prompt } : { prompt: call.prompt }
}

function limits({ topP, topK }: ModelCall): Readonly<Record<string, unknown>> {
  return {
    ...(topP === undefined ? {} : { p: Math.min(Math.max(topP, 0.01), 0.99) }),
    ...(topK === undefined ? {} : { k: Math.max(topK, 0) }),
  }
}
