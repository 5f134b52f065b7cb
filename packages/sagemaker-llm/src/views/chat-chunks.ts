import type { ChatChunk, ToolCallDelta } from '@x/bedrock-like-types'
import type { Decoder } from '@x/stream-core/decoders'
import type { SpinePart } from '../parts/spine-part.ts'

/**
 * The parts of an answer as the chunks of a chat: one for each piece of text, reasoning or a tool call, and at the end one that says
 * how the answer ended. They are the chunks of a completion, too.
 */
export class ChatChunks implements Decoder<SpinePart, ChatChunk> {
  /** The positions of the tool calls among all blocks, by which parts are numbered. */
  readonly #toolCalls = new Map<number, number>()
  #text = ''
  #raw: unknown

  push(part: SpinePart): readonly ChatChunk[] {
    switch (part.type) {
      case 'raw':
        this.#raw = part.value
        return []
      case 'other':
        return [this.#chunk('')]
      case 'text-delta':
        this.#text += part.text
        return [this.#chunk(part.text)]
      case 'reasoning-delta':
        return [{ ...this.#chunk(''), reasoningDelta: part.text }]
      case 'tool-call-start': {
        const index = this.#toolCalls.size
        this.#toolCalls.set(part.index, index)
        return [this.#toolCallChunk({ index, id: part.id, name: part.name })]
      }
      case 'tool-call-delta':
        return [this.#toolCallChunk({ index: this.#toolCalls.get(part.index) ?? 0, input: part.input })]
      case 'finish': {
        const { stopReason, rawStopReason, usage, response } = part
        return [{ ...this.#chunk(''), stopReason, rawStopReason, usage, response }]
      }
      default:
        return []
    }
  }

  flush(): readonly ChatChunk[] {
    return []
  }

  #chunk(delta: string): ChatChunk {
    return { delta, text: this.#text, raw: this.#raw }
  }

  #toolCallChunk(toolCallDelta: ToolCallDelta): ChatChunk {
    return { ...this.#chunk(''), toolCallDelta }
  }
}
