import type { UsageMetadata } from '@langchain/core/messages'
import type { FinishPart, ModelUsage, ResponsePart } from '@x/bedrock-like-types'

/** What an answer's metadata are made of: what ended it, and what the container said of itself. */
export type AnswerEnding = Pick<FinishPart, 'stopReason' | 'rawStopReason' | 'stopSequence' | 'usage' | 'response'> &
  Partial<Pick<ResponsePart, 'id' | 'modelName'>>

/** Stands in every message, so that LangChain knows whose content blocks these are. They are standard blocks. */
export const provider: { readonly model_provider: 'sagemaker' } = { model_provider: 'sagemaker' }

/** OpenAI's words for why a model stopped, which tools around LangChain look for. */
type OpenAIFinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter'

const finishReasons: Readonly<Record<FinishPart['stopReason'], OpenAIFinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
  malformed_model_output: 'stop',
  malformed_tool_use: 'stop',
}

/** The reason for which the model stopped, in OpenAI's words. */
export function finishReason({ stopReason }: AnswerEnding): OpenAIFinishReason {
  return finishReasons[stopReason]
}

/**
 * The tokens of an answer. `undefined` unless those of the input and of the output are both known: LangChain has no other way to
 * say that a number is unknown, and adds up what it gets.
 */
export function usageMetadata(usage: ModelUsage | undefined): UsageMetadata | undefined {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return undefined
  const { inputTokens, outputTokens, totalTokens = inputTokens + outputTokens } = usage
  const { cacheReadTokens, cacheWriteTokens, reasoningTokens } = usage
  const input = {
    ...(cacheReadTokens === undefined ? {} : { cache_read: cacheReadTokens }),
    ...(cacheWriteTokens === undefined ? {} : { cache_creation: cacheWriteTokens }),
  }
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: totalTokens,
    ...(Object.keys(input).length === 0 ? {} : { input_token_details: input }),
    ...(reasoningTokens === undefined ? {} : { output_token_details: { reasoning: reasoningTokens } }),
  }
}

/** Facts about an answer, for the last chunk of its message: LangChain joins texts of the same name in several chunks. */
export function responseMetadata(ending: AnswerEnding): Record<string, unknown> {
  const { id, modelName, stopReason, rawStopReason, stopSequence, usage, response } = ending
  const { requestId, invokedProductionVariant, warnings } = response
  const facts = {
    id,
    model_name: modelName,
    finish_reason: finishReason(ending),
    stop_reason: stopReason,
    raw_stop_reason: rawStopReason,
    stop_sequence: stopSequence,
    request_id: requestId,
    invoked_production_variant: invokedProductionVariant,
    usage: usage?.raw,
    warnings: warnings.length === 0 ? undefined : warnings,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
