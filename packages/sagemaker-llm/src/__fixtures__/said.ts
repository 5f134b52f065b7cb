import type { ChatResponse, ConverseModelResponse, ConverseModelStreamOutput, ToolCall } from '@x/bedrock-like-types'
import { parseToolInput } from '../contract/json-text.ts'
import type { SpinePart } from '../parts/spine-part.ts'

/** What an answer says, in whatever form it comes. */
export interface Said {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly Pick<ToolCall, 'name' | 'input'>[]
  readonly stopReason: string | undefined
}

/** A whole answer. */
export function saidBy({ text, reasoning = '', toolCalls, stopReason }: ChatResponse): Said {
  return {
    text,
    reasoning,
    toolCalls: toolCalls.map(({ name, input }) => ({ name, input })),
    stopReason,
  }
}

/** Parts of an answer. */
export function saidByParts(parts: readonly SpinePart[]): Said {
  const textOf = (type: 'text-delta' | 'reasoning-delta'): string =>
    parts.map((part) => (part.type === type ? part.text : '')).join('')
  return {
    text: textOf('text-delta'),
    reasoning: textOf('reasoning-delta'),
    toolCalls: parts
      .flatMap((part) => (part.type === 'tool-call-end' ? [part] : []))
      .toSorted((one, other) => one.index - other.index)
      .map(({ name, inputText, input }) => ({ name, input: (input ?? inputText) as ToolCall['input'] })),
    stopReason: parts.find((part) => part.type === 'finish')?.stopReason,
  }
}

/** What Bedrock's events say to a reader who trusts that blocks come one after the other. */
export function saidByEvents(events: readonly ConverseModelStreamOutput[]): Said {
  const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta ?? [])
  const calls: { readonly name: string; inputText: string }[] = []
  for (const { contentBlockStart, contentBlockDelta } of events) {
    if (contentBlockStart?.start.toolUse) calls.push({ name: contentBlockStart.start.toolUse.name, inputText: '' })
    const input = contentBlockDelta?.delta.toolUse?.input
    const last = calls.at(-1)
    if (input !== undefined && last !== undefined) last.inputText += input
  }
  return {
    text: deltas.map(({ text = '' }) => text).join(''),
    reasoning: deltas.map(({ reasoningContent }) => reasoningContent?.text ?? '').join(''),
    toolCalls: calls.map(({ name, inputText }) => ({ name, input: parseToolInput(inputText).input ?? inputText })),
    stopReason: events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason,
  }
}

/** Bedrock's response. */
export function saidByConverse({ output, stopReason }: ConverseModelResponse): Said {
  const content = output?.message?.content ?? []
  return {
    text: content.map(({ text = '' }) => text).join(''),
    reasoning: content.map(({ reasoningContent }) => reasoningContent?.reasoningText?.text ?? '').join(''),
    toolCalls: content.flatMap(({ toolUse }) =>
      toolUse === undefined ? [] : [{ name: toolUse.name ?? '', input: toolUse.input }],
    ),
    stopReason,
  }
}
