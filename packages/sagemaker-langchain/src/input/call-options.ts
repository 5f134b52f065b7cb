import type { GenerationOptions, LLMCallOptions, ResponseFormat } from '@x/sagemaker-llm'
import type { InputDocument } from '@x/bedrock-like-types'
import type { ChatGenerationOptions, ChatSagemakerCallOptions, OpenAIResponseFormat } from './chat-options.ts'
import { modelToolChoice, modelTools, openaiTools } from './tools.ts'

type Table<Options> = Readonly<Record<keyof Options, true>>

/** The names of the options that say how to generate. */
export const generationOptionNames: Table<ChatGenerationOptions> = {
  temperature: true,
  maxTokens: true,
  topP: true,
  topK: true,
  seed: true,
  reasoning: true,
  reasoningTags: true,
  reasoningEffort: true,
  presencePenalty: true,
  frequencyPenalty: true,
  parallelToolCalls: true,
  logprobs: true,
  additionalParameters: true,
}

type RequestOptions = Pick<
  LLMCallOptions,
  Exclude<keyof ChatSagemakerCallOptions & keyof LLMCallOptions, keyof GenerationOptions>
>

/** The names of the options that say where and how a request is sent. The last ones have no effect on the answer. */
const routingOptionNames = {
  inferenceComponentName: true,
  targetVariant: true,
  targetModel: true,
  targetContainerHostname: true,
  sessionId: true,
  customAttributes: true,
  enableExplanations: true,
} as const
const otherOptionNames = {
  inferenceId: true,
  prefixAwareId: true,
  maxResponseBytes: true,
  timeouts: true,
  retry: true,
  signal: true,
} as const
const requestOptionNames: Table<RequestOptions> = { ...routingOptionNames, ...otherOptionNames }

/** The options of a call that `SagemakerLLM` takes, under its names. */
export function modelCallOptions(options: ChatSagemakerCallOptions): LLMCallOptions {
  const { maxTokens, ...generation } = picked(options, generationOptionNames) as ChatGenerationOptions
  const { tools, tool_choice: choice, response_format: format } = options
  return {
    ...generation,
    ...picked(options, requestOptionNames),
    maxNewTokens: maxTokens,
    stopSequences: options.stop,
    parallelToolCalls: options.parallel_tool_calls ?? options.parallelToolCalls,
    tools: tools && modelTools(openaiTools(tools)),
    toolChoice: choice === undefined ? undefined : modelToolChoice(choice),
    responseFormat: format && responseFormat(format),
  }
}

/** What of a call determines its answer, without its messages and its routing, as JSON values: for traces. */
export function generationParameters(options: Partial<ChatSagemakerCallOptions>): Record<string, unknown> {
  const { stop, tools, tool_choice: choice, response_format: format } = options
  const shown = { ...picked(options, generationOptionNames), stop, tool_choice: choice, response_format: format }
  return defined({
    ...shown,
    parallelToolCalls: options.parallel_tool_calls ?? options.parallelToolCalls,
    tools: tools && openaiTools(tools),
  })
}

/** Where a call goes, as far as its answer depends on it. */
export function routingParameters(options: Partial<ChatSagemakerCallOptions>): Record<string, unknown> {
  return picked(options, routingOptionNames)
}

/** The members with one of the names that are not undefined. */
export function picked(options: object, names: Readonly<Record<string, true>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== undefined && Object.hasOwn(names, name)),
  )
}

function defined(options: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function responseFormat(format: OpenAIResponseFormat): ResponseFormat {
  if (format.type !== 'json_schema') return { type: format.type === 'text' ? 'text' : 'json' }
  const { name, description, schema } = format.json_schema
  return { type: 'json', name, description, schema: schema as InputDocument | undefined }
}
