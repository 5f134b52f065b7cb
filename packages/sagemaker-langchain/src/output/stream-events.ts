import type { ChatModelStreamEvent, FinishReason } from '@langchain/core/language_models/event'
import type { ContentBlock } from '@langchain/core/messages'
import type { FinishPart, ModelPart, ResponsePart, ToolCallEndPart } from '@x/bedrock-like-types'
import { finishReason, provider, responseMetadata, usageMetadata } from './answer-facts.ts'
import { invalidToolCallOf, toolCallOf } from './tool-calls.ts'

/**
 * The parts of an answer as LangChain's events of content blocks. Blocks have the numbers that they have in the answer, so that
 * reasoning, text and tool calls never share one.
 */
export class StreamEvents {
  #response: ResponsePart | undefined
  /** Text of the block of text or reasoning that is open. */
  #text = ''

  /** The events of a part, in their order. */
  push(part: ModelPart): readonly ChatModelStreamEvent[] {
    switch (part.type) {
      case 'start':
        return [{ event: 'message-start' }]
      case 'response':
        this.#response = part
        return []
      case 'text-start':
      case 'reasoning-start':
        this.#text = ''
        return [{ event: 'content-block-start', index: part.index, content: textBlock(part.type, '') }]
      case 'text-end':
      case 'reasoning-end':
        return [{ event: 'content-block-finish', index: part.index, content: textBlock(part.type, this.#text) }]
      case 'text-delta':
        this.#text += part.text
        return [{ event: 'content-block-delta', index: part.index, delta: { type: 'text-delta', text: part.text } }]
      case 'reasoning-delta': {
        this.#text += part.text
        const delta = { type: 'reasoning-delta', reasoning: part.text } as const
        return [{ event: 'content-block-delta', index: part.index, delta }]
      }
      case 'tool-call-start': {
        const { index, id, name } = part
        return [
          { event: 'content-block-start', index, content: { type: 'tool_call_chunk', id, name, args: '', index } },
        ]
      }
      case 'tool-call-delta':
        return [
          { event: 'content-block-delta', index: part.index, delta: { type: 'tool-call-delta', args: part.input } },
        ]
      case 'tool-call-end':
        return [{ event: 'content-block-finish', index: part.index, content: callBlock(part) }]
      case 'finish':
        return [this.#finish(part)]
      default:
        return []
    }
  }

  #finish(part: FinishPart): ChatModelStreamEvent {
    const usage = usageMetadata(part.usage)
    const { id, modelName } = this.#response ?? {}
    const ending = { ...part, id, modelName }
    const reason = finishReason(part)
    return {
      event: 'message-finish',
      reason: (reason === 'tool_calls' ? 'tool_use' : reason) satisfies FinishReason,
      ...(usage === undefined ? {} : { usage }),
      responseMetadata: { ...provider, ...responseMetadata(ending) },
    }
  }
}

function textBlock(type: `${'text' | 'reasoning'}-${'start' | 'end'}`, text: string): ContentBlock {
  return type.startsWith('text') ? { type: 'text', text } : { type: 'reasoning', reasoning: text }
}

function callBlock(part: ToolCallEndPart): ContentBlock {
  return { ...(toolCallOf(part) ?? invalidToolCallOf(part)) }
}
