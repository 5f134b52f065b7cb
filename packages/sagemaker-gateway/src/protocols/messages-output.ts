import type { ChatResponse, ModelUsage, StopReason } from '@x/bedrock-like-types'
import { randomUUID } from 'node:crypto'

/** What a message names beside its content. */
export interface MessageIdentity {
  readonly id: string
  readonly model: string
}

/** A new identity. */
export function messageIdentity(model: string): MessageIdentity {
  return { id: `msg_${randomUUID().replaceAll('-', '')}`, model }
}

const stopReasons: Readonly<Record<StopReason, string>> = {
  end_turn: 'end_turn',
  malformed_model_output: 'end_turn',
  stop_sequence: 'stop_sequence',
  max_tokens: 'max_tokens',
  model_context_window_exceeded: 'model_context_window_exceeded',
  tool_use: 'tool_use',
  malformed_tool_use: 'tool_use',
  content_filtered: 'refusal',
  guardrail_intervened: 'refusal',
}

/** How a message ended. */
export function stopMembers({ stopReason, stopSequence }: Pick<ChatResponse, 'stopReason' | 'stopSequence'>): object {
  return { stop_reason: stopReasons[stopReason], stop_sequence: stopSequence ?? null }
}

/** Token counts; the type of Anthropic's clients wants numbers. */
export function messageUsage(usage: ModelUsage | undefined): object {
  return {
    input_tokens: usage?.inputTokens ?? 0,
    output_tokens: usage?.outputTokens ?? 0,
    ...(usage?.cacheReadTokens === undefined ? {} : { cache_read_input_tokens: usage.cacheReadTokens }),
  }
}

/**
 * A whole answer as a message.
 *
 * Source: docs.anthropic.com/en/api/messages.
 */
export function writeMessage({ id, model }: MessageIdentity, answer: ChatResponse): object {
  const content = [
    ...(answer.reasoning === undefined ? [] : [{ type: 'thinking', thinking: answer.reasoning, signature: '' }]),
    ...(answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
    ...answer.toolCalls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: call.input ?? {} })),
  ]
  const usage = messageUsage(answer.usage)
  return { id, type: 'message', role: 'assistant', model, content, ...stopMembers(answer), usage }
}
