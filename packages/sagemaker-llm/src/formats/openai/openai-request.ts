import type { CallWarning, ResponseFormat } from '@x/bedrock-like-types'
import type { ModelCall, ModelCallBase } from '../../contract/model-call.ts'
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
}

/** What differs between containers of this format. */
export interface OpenAIBodyOptions extends OpenAIMessageOptions {
  /** Names the container in warnings. */
  readonly handlerName: string
  /** Default: {@link openaiParameterNames}. */
  readonly names?: ParameterNames | undefined
  /** Members in place of the ones written here; `undefined` leaves one out. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined
}

/** The body of a chat completion or, for a prompt, of a completion. */
export function openaiBody(call: ModelCall, options: OpenAIBodyOptions): OpenAIBody {
  const { parameters, warnings } = renameParameters(call, options.handlerName, options.names ?? openaiParameterNames)
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

function toolMembers({ tools, toolChoice }: ModelCallBase): object {
  if (!tools?.length) return {}
  return { tools: openaiTools(tools), tool_choice: toolChoice && openaiToolChoice(toolChoice) }
}

/** OpenAI's `response_format`; `undefined` for free text, which needs none. */
export function openaiResponseFormat(format: ResponseFormat | undefined): object | undefined {
  if (format?.type !== 'json') return undefined
  if (format.schema === undefined) return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: format.name ?? 'answer', schema: format.schema, strict: true } }
}
