import type { ChatResponse, CompletionResponse, ModelUsage, StopReason } from '@x/bedrock-like-types'
import { createHash } from 'node:crypto'
import { countIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { openaiLogprobs } from './openai-logprobs.ts'

/** What every answer and chunk names beside its content. */
export interface OpenAIIdentity {
  /** Id of the answer, such as `chatcmpl-…`. */
  readonly id: string
  /** When it was made, in seconds since 1970. */
  readonly created: number
  /** The model, as the client named it. */
  readonly model: string
}

/** The identity that the container's own answer has, as far as it has one; the same for the same answer. */
export function identityOf(raw: unknown, model: string): OpenAIIdentity {
  const digest = createHash('sha256').update(JSON.stringify(raw) ?? '')
  return {
    id: stringIn(raw, 'id') || `chatcmpl-${digest.digest('hex').slice(0, 24)}`,
    created: countIn(raw, 'created') ?? 0,
    model,
  }
}

const finishReasons: Readonly<Record<StopReason, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  malformed_model_output: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  malformed_tool_use: 'tool_calls',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
}

/** OpenAI's word for why the model stopped. */
export function openaiFinishReason(reason: StopReason): string {
  return finishReasons[reason]
}

/** Token counts in OpenAI's form. What is not known is left out, since 0 would be taken for a count. */
export function openaiUsageOf(usage: ModelUsage | undefined): object | undefined {
  if (usage === undefined) return undefined
  const { inputTokens, outputTokens, totalTokens, cacheReadTokens, reasoningTokens } = usage
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
    prompt_tokens_details: cacheReadTokens === undefined ? undefined : { cached_tokens: cacheReadTokens },
    completion_tokens_details: reasoningTokens === undefined ? undefined : { reasoning_tokens: reasoningTokens },
  }
}

/** A whole answer as a chat completion: the reverse of `openaiAnswer`. */
export function writeOpenAIChat(answer: ChatResponse, { id, created, model }: OpenAIIdentity): object {
  const toolCalls = answer.toolCalls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.inputText || '{}' },
  }))
  const message = {
    role: 'assistant',
    content: answer.text === '' && toolCalls.length > 0 ? null : answer.text,
    refusal: null,
    reasoning_content: answer.reasoning,
    tool_calls: toolCalls.length > 0 ? toolCalls : undefined,
  }
  const logprobs = openaiLogprobs(answer.raw) ?? null
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [{ index: 0, message, logprobs, finish_reason: openaiFinishReason(answer.stopReason) }],
    usage: openaiUsageOf(answer.usage),
  }
}

/** Whole answers to one or several prompts as a completion. */
export function writeOpenAICompletion(
  answers: readonly CompletionResponse[],
  { id, created, model }: OpenAIIdentity,
): object {
  return {
    id,
    object: 'text_completion',
    created,
    model,
    choices: answers.map((answer, index) => ({
      index,
      text: answer.text,
      logprobs: openaiLogprobs(answer.raw) ?? null,
      finish_reason: openaiFinishReason(answer.stopReason),
    })),
    usage: openaiUsageOf(sumOf(answers.map((answer) => answer.usage))),
  }
}

/** The counts of several answers together; a count that one of them lacks is not known. */
function sumOf(usages: readonly (ModelUsage | undefined)[]): ModelUsage | undefined {
  const sum = (count: (usage: ModelUsage) => number | undefined): number | undefined =>
    usages.reduce<number | undefined>((total, usage) => {
      const more = usage && count(usage)
      return total === undefined || more === undefined ? undefined : total + more
    }, 0)
  if (usages.length === 1 || usages.every((usage) => usage === undefined)) return usages[0]
  return {
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    totalTokens: sum((usage) => usage.totalTokens),
    raw: usages.map((usage) => usage?.raw),
  }
}
