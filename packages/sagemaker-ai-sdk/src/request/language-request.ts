import type { ChatMessage, LLMCallOptions } from '@x/sagemaker-llm'
import type { LanguageModelCallOptions } from '../contract/call-options.ts'
import type { SagemakerCallOptions, SagemakerLanguageModelOptions } from '../contract/provider-options.ts'
import type { LanguageModelBehavior } from '../contract/settings.ts'
import type { Warning } from '../contract/stream-part.ts'
import { chatMessages } from './chat-messages.ts'
import { jsonOutput } from './json-output.ts'
import { reasoningOptions } from './reasoning.ts'
import { type OptionKinds, sagemakerOptions } from './sagemaker-options.ts'
import { toolOptions } from './tools.ts'

/** A call of the AI SDK as a call of the model. */
export interface LanguageRequest {
  readonly messages: readonly ChatMessage[]
  readonly options: LLMCallOptions
  /** What could not be passed on, as far as it is known without the container's format. */
  readonly warnings: readonly Warning[]
  /** Whether the arguments of the tool `json` are the text of the answer. */
  readonly isJsonTool: boolean
}

const ownKinds: OptionKinds<Omit<SagemakerLanguageModelOptions, keyof SagemakerCallOptions>> = {
  additionalParameters: 'object',
  reasoningEffort: 'string',
  parallelToolCalls: 'boolean',
  logprobs: 'boolean or number',
}

/**
 * Translates a call. What it does not say is left to the model, then to the container.
 *
 * @throws {UnsupportedFunctionalityError} for files that are no images.
 * @throws {InvalidArgumentError} for provider options that do not exist.
 */
export function languageRequest(call: LanguageModelCallOptions, behavior: LanguageModelBehavior): LanguageRequest {
  const conversation = chatMessages(call.prompt)
  const { warnings: toolWarnings, ...tools } = toolOptions(call)
  const json = jsonOutput(call.responseFormat, behavior.jsonOutput ?? 'native', tools)
  const { routing, own, warnings } = sagemakerOptions(call, ownKinds)
  const reasoning = reasoningOptions(call.reasoning, own.reasoningEffort, behavior.reasoningSwitch)
  return {
    messages: [...json.messages, ...conversation.messages],
    options: {
      temperature: call.temperature,
      maxNewTokens: call.maxOutputTokens,
      topP: call.topP,
      topK: call.topK,
      stopSequences: call.stopSequences,
      seed: call.seed,
      presencePenalty: call.presencePenalty,
      frequencyPenalty: call.frequencyPenalty,
      parallelToolCalls: own.parallelToolCalls,
      logprobs: own.logprobs,
      reasoningEffort: reasoning.reasoningEffort,
      additionalParameters: merged(reasoning.additionalParameters, own.additionalParameters),
      ...json.options,
      ...routing,
      signal: call.abortSignal,
    },
    warnings: [...warnings, ...conversation.warnings, ...toolWarnings, ...reasoning.warnings],
    isJsonTool: json.isTool,
  }
}

function merged(
  ...parameters: readonly (Readonly<Record<string, unknown>> | undefined)[]
): Readonly<Record<string, unknown>> | undefined {
  const given = parameters.filter((one) => one !== undefined)
  return given.length === 0 ? undefined : Object.assign({}, ...given)
}
