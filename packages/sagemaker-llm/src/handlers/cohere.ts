import { cohereAnswer, CohereReader } from '../formats/cohere/cohere-answer.ts'
import { cohereV2Answer, CohereV2Reader, isCohereV2Value } from '../formats/cohere/cohere-v2-answer.ts'
import { cohereConversation } from '../formats/cohere/cohere-conversation.ts'
import { cohereTools } from '../formats/cohere/cohere-tools.ts'
import { asMessages, openaiBody } from '../formats/openai/openai-request.ts'
import type { CodecRequest } from '@x/bedrock-like-types'
import type { ContentHandler } from '../contract/content-handler.ts'
import { FirstValueReader } from '../contract/first-value-reader.ts'
import { invalidRequest } from '../contract/invalid-request.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { ModelCall } from '../contract/model-call.ts'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { type ParameterNames, renameParameters } from '../contract/rename-parameters.ts'

/** Options of {@link cohere}. */
export interface CohereOptions {
  /**
   * How `complete` sends its prompt: as `prompt` of the generate API, or as `message` of the chat API, for packages that
   * have no other (Command R and later).
   *
   * @defaultValue `'prompt'`
   */
  readonly completeAs?: 'prompt' | 'message' | undefined
  /**
   * Version of the chat API that is sent; answers of both are read. Version 2 takes OpenAI's messages, tools with JSON
   * schemas, a forced tool, images and JSON. Packages since Command A speak it.
   * @defaultValue `'v1'`
   */
  readonly api?: 'v1' | 'v2' | undefined
}

const name = 'cohere'

/**
 * Cohere's model packages: chat API v1, and the generate API for `complete`.
 *
 * Request: `{ message, chat_history?, preamble?, max_tokens, temperature, p?, k?, stop_sequences?, seed?, stream, tools?, tool_results? }`,
 * with `prompt` in place of `message`, `chat_history` and `preamble` for generate. `p` is kept within 0.01 and 0.99, its limits.
 * Tools have flat `parameter_definitions`; `toolChoice` other than `auto` is refused.
 * Answer: `{ text, tool_calls?: [{ name, parameters }], finish_reason, meta: { billed_units } }`, or `{ generations: [{ text }] }`.
 * Stream: JSON objects one after the other, not always on separate lines: `{ is_finished, event_type, text? }`, at the end
 * `{ is_finished: true, finish_reason, response }`. Tool calls have no ids, and the finish reason is `COMPLETE` with them, too.
 *
 * With `api: 'v2'`: OpenAI's `messages` and tools, `p`, `k`, `stop_sequences`, `tool_choice: 'REQUIRED' | 'NONE'`,
 * `response_format: { type: 'json_object', json_schema? }`; answers as `{ message, finish_reason, usage }` and events `content-delta` to `message-end`.
 *
 * Source: cohere-ai/cohere-aws `cohere_aws/{chat,generation,client}.py`; cohere-ai/cohere-typescript; docs.cohere.com, Chat API v2.
 */
export function cohere(options: CohereOptions = {}): ContentHandler {
  return {
    name,
    request(call) {
      if (options.api === 'v2') return v2Request(call)
      refuseAbilities(call, name, { tools: true })
      if (call.toolChoice?.any !== undefined || call.toolChoice?.tool !== undefined) {
        throw invalidRequest(`toolChoice: ${name} cannot force a tool`)
      }
      const { parameters, warnings } = renameParameters(call, name, names, limits(call))
      // Cohere has no word for "no tool": a model that is shown none can call none.
      const offered = call.toolChoice !== undefined && 'none' in call.toolChoice ? [] : (call.tools ?? [])
      const { tools, warnings: toolWarnings } = cohereTools(offered)
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
    answer: (body) => (isCohereV2Value(body) ? cohereV2Answer(body) : cohereAnswer(body)),
    reader: () => new FirstValueReader((value) => (isCohereV2Value(value) ? new CohereV2Reader() : new CohereReader())),
  }
}

/** Chat API v2 has no prompt: `complete` sends it as the only message. */
function v2Request(call: ModelCall): CodecRequest {
  const { responseFormat, toolChoice, ...rest } = asMessages(call)
  const { body, warnings } = openaiBody(rest, {
    handlerName: name,
    names,
    overrides: {
      ...limits(call),
      stream_options: undefined,
      tool_choice: call.tools?.length ? v2ToolChoice(toolChoice) : undefined,
      response_format:
        responseFormat?.type === 'json' ? { type: 'json_object', json_schema: responseFormat.schema } : undefined,
    },
  })
  return jsonRequest(body, { warnings })
}

function v2ToolChoice(choice: ModelCall['toolChoice']): string | undefined {
  if (choice?.tool !== undefined) throw invalidRequest(`toolChoice: ${name} can require a tool, but not name it`)
  if (choice?.any !== undefined) return 'REQUIRED'
  return choice !== undefined && 'none' in choice ? 'NONE' : undefined
}

const names = {
  maxNewTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'p',
  topK: 'k',
  stopSequences: 'stop_sequences',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
} as const satisfies ParameterNames

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
