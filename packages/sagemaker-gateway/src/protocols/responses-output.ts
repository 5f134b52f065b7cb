import type { ChatResponse, ModelUsage, StopReason } from '@x/bedrock-like-types'
import { randomUUID } from 'node:crypto'
import type { ResponsesInput } from './responses-input.ts'

/** An item of a response. */
export interface ResponseItem {
  readonly type: 'message' | 'reasoning' | 'function_call'
  readonly id: string
  readonly [member: string]: unknown
}

/** What every event of a response repeats. */
export interface ResponseIdentity {
  readonly id: string
  /** In seconds since 1970. */
  readonly createdAt: number
  readonly model: string
  readonly input: ResponsesInput
}

/** How a response stands. */
export interface ResponseState {
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed'
  readonly output: readonly ResponseItem[]
  readonly usage?: ModelUsage | undefined
  readonly stopReason?: StopReason | undefined
  readonly error?: { readonly code: string; readonly message: string } | undefined
}

/** Why a response is incomplete; undefined for one that is complete. */
export function incompleteReason(reason: StopReason): 'max_output_tokens' | 'content_filter' | undefined {
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'max_output_tokens'
  return reason === 'content_filtered' || reason === 'guardrail_intervened' ? 'content_filter' : undefined
}

/**
 * The object of a response.
 *
 * Source: openai/openai-openapi, `Response`.
 */
export function responseObject({ id, createdAt, model, input }: ResponseIdentity, state: ResponseState): object {
  const { options, repeated } = input
  const reason = state.stopReason && incompleteReason(state.stopReason)
  return {
    id,
    object: 'response',
    created_at: createdAt,
    status: state.status,
    error: state.error ?? null,
    incomplete_details: reason === undefined ? null : { reason },
    instructions: repeated['instructions'] ?? null,
    max_output_tokens: options.maxNewTokens ?? null,
    model,
    output: state.output,
    parallel_tool_calls: options.parallelToolCalls ?? true,
    previous_response_id: null,
    reasoning: repeated['reasoning'] ?? { effort: null, summary: null },
    store: false,
    temperature: options.temperature ?? null,
    text: repeated['text'] ?? { format: { type: 'text' } },
    tool_choice: repeated['tool_choice'] ?? 'auto',
    tools: repeated['tools'] ?? [],
    top_p: options.topP ?? null,
    truncation: 'disabled',
    usage: usageOf(state.usage),
    metadata: repeated['metadata'] ?? {},
  }
}

/** The type of OpenAI's clients wants all counts, so those that are not known are 0 where one is known. */
function usageOf(usage: ModelUsage | undefined): object | null {
  if (usage === undefined) return null
  const { inputTokens = 0, outputTokens = 0, totalTokens, cacheReadTokens = 0, reasoningTokens = 0 } = usage
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cacheReadTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: totalTokens ?? inputTokens + outputTokens,
  }
}

/** A message of the model. */
export function messageItem(id: string, text: string, status = 'completed'): ResponseItem {
  const content = status === 'completed' ? [textPart(text)] : []
  return { type: 'message', id, status, role: 'assistant', content }
}

/** The text of a message. */
export function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

/** The reasoning of the model. */
export function reasoningItem(id: string, text: string | undefined): ResponseItem {
  return { type: 'reasoning', id, summary: [], content: text === undefined ? [] : [{ type: 'reasoning_text', text }] }
}

/** A call that the model asks for; incomplete if its arguments are no JSON object, as when the token limit cut them. */
export function callItem(
  id: string,
  call: { readonly id: string; readonly name: string; readonly malformed?: boolean | undefined },
  text: string | undefined,
): ResponseItem {
  const status = text === undefined ? 'in_progress' : call.malformed === true ? 'incomplete' : 'completed'
  return { type: 'function_call', id, call_id: call.id, name: call.name, arguments: text ?? '', status }
}

/** A new id, such as `msg_…`. */
export function itemId(prefix: 'resp' | 'msg' | 'rs' | 'fc'): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`
}

/** A whole answer as a response. */
export function writeResponse(identity: ResponseIdentity, answer: ChatResponse): object {
  const output: ResponseItem[] = []
  if (answer.reasoning !== undefined) output.push(reasoningItem(itemId('rs'), answer.reasoning))
  if (answer.text !== '') output.push(messageItem(itemId('msg'), answer.text))
  for (const call of answer.toolCalls) output.push(callItem(itemId('fc'), call, call.inputText || '{}'))
  const status = incompleteReason(answer.stopReason) === undefined ? 'completed' : 'incomplete'
  return responseObject(identity, { status, output, usage: answer.usage, stopReason: answer.stopReason })
}
