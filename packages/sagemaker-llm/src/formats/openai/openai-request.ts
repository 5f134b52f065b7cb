import type { CallWarning, ResponseFormat } from '@x/bedrock-like-types'
import type { MessagesCall, ModelCall, ModelCallBase } from '../../contract/model-call.ts'
import { type ParameterNames, renameParameters } from '../../contract/rename-parameters.ts'
import { type OpenAIMessageOptions, openaiMessages } from './openai-messages.ts'
import { openaiToolChoice, openaiTools } from './openai-tools.ts'

/** A request body, and what could not be passed on. */
export interface OpenAIBody {
  readonly body: Readonly<Record<string, unknown>>
  readonly warnings: readonly CallWarning[]
}

/** `top_k` is not OpenAI's, but vLLM, SGLang, Nova, LMI and llama.cpp have it. */
export const openaiParameterNames: ParameterNames = {
  maxNewTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  reasoningEffort: 'reasoning_effort',
  parallelToolCalls: 'parallel_tool_calls',
  logprobs: (logprobs) => ({
    logprobs: true,
    ...(typeof logprobs === 'number' ? { top_logprobs: logprobs } : {}),
  }),
}

/** A completion takes the number of alternatives itself. */
const completionParameterNames: ParameterNames = {
  ...openaiParameterNames,
  logprobs: (logprobs) => ({ logprobs: typeof logprobs === 'number' ? logprobs : 1 }),
}

/** What differs between containers of this format. */
export interface OpenAIBodyOptions extends OpenAIMessageOptions {
  /** Names the container in warnings. */
  readonly handlerName: string
  /**
   * Names of the members of generation options.
   *
   * @defaultValue those of a chat completion or, for a prompt, of a completion
   */
  readonly names?: ParameterNames | undefined
  /** Members in place of the ones written here; `undefined` leaves one out. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined
}

/** The body of a chat completion or, for a prompt, of a completion. */
export function openaiBody(call: ModelCall, options: OpenAIBodyOptions): OpenAIBody {
  const names = options.names ?? (call.messages === undefined ? completionParameterNames : openaiParameterNames)
  const { parameters, warnings } = renameParameters(call, options.handlerName, names)
  const input = call.messages === undefined ? undefined : openaiMessages(call.messages, options)
  const body = {
    model: call.modelName,
    ...(input === undefined ? { prompt: call.prompt } : { messages: input.messages }),
    ...parameters,
    stream: call.stream,
    // Several containers refuse stream options when nothing is streamed.
    stream_options: call.stream ? { include_usage: true } : undefined,
    ...toolMembers(call),
    response_format: openaiResponseFormat(call.responseFormat),
    ...options.overrides,
    ...call.additionalParameters,
  }
  return { body, warnings: [...warnings, ...(input?.warnings ?? [])] }
}

/** A prompt as the only message of a chat, for containers that have no completions. */
export function asMessages(call: ModelCall): MessagesCall {
  if (call.messages !== undefined) return call
  return { ...call, prompt: undefined, messages: [{ role: 'user', content: [{ text: call.prompt }] }] }
}

function toolMembers({ tools, toolChoice }: ModelCallBase): object {
  if (!tools?.length) return {}
  return { tools: openaiTools(tools), tool_choice: toolChoice && openaiToolChoice(toolChoice) }
}

/** OpenAI's `response_format`; `undefined` for free text, which needs none. */
export function openaiResponseFormat(format: ResponseFormat | undefined): object | undefined {
  if (format?.type !== 'json') return undefined
  if (format.schema === undefined) return { type: 'json_object' }
  const { name = 'answer', description, schema } = format
  return { type: 'json_schema', json_schema: { name, description, schema, strict: true } }
}
