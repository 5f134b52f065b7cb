import type { ChatChunk, ChatResponse, CompletionChunk, CompletionResponse } from '@x/bedrock-like-types'
import type { SpinePart } from '../parts/spine-part.ts'
import { ResponseCollector } from './response-collector.ts'

/** Reads the chunks of a chat to their end and puts the whole answer together. */
export async function collect(stream: AsyncIterable<ChatChunk>): Promise<ChatResponse>
/** Reads the chunks of a completion to their end and puts the whole answer together. */
export async function collect(stream: AsyncIterable<CompletionChunk>): Promise<CompletionResponse>
export async function collect(stream: AsyncIterable<ChatChunk>): Promise<ChatResponse> {
  const collector = new ResponseCollector()
  for await (const chunk of stream) {
    for (const part of partsOfChunk(chunk)) collector.push(part)
  }
  return collector.response()
}

/** The parts that a chunk comes from, those of its value first. */
export function partsOfChunk(chunk: ChatChunk): readonly SpinePart[] {
  const { delta, reasoningDelta, toolCallDelta, stopReason, rawStopReason, usage, response, raw } = chunk
  const parts: SpinePart[] = []
  if (raw !== undefined) parts.push({ type: 'raw', value: raw })
  if (reasoningDelta) parts.push({ type: 'reasoning-delta', index: 0, text: reasoningDelta })
  if (delta !== '') parts.push({ type: 'text-delta', index: 0, text: delta })
  if (toolCallDelta !== undefined) {
    const { index, id, name, input } = toolCallDelta
    if (id !== undefined) parts.push({ type: 'tool-call-start', index, id, name: name ?? '' })
    if (input !== undefined) parts.push({ type: 'tool-call-delta', index, input })
  }
  if (stopReason !== undefined && response !== undefined) {
    parts.push({ type: 'finish', stopReason, rawStopReason, usage, response })
  }
  return parts
}
