import type { InvalidToolCall, ToolCallChunk } from '@langchain/core/messages/tool'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import type { FinishPart, ModelPart, ResponsePart, ToolCallEndPart } from '@x/bedrock-like-types'
import { provider, responseMetadata, usageMetadata } from './answer-facts.ts'
import { AnswerMessageChunk, type AnswerMessageFields } from './answer-message.ts'
import { invalidToolCallOf, isObject, toolCallOf } from './tool-calls.ts'

/**
 * The parts of an answer as LangChain's chunks.
 *
 * 1. Text is text until there is reasoning; then both are blocks, numbered as in the answer, so that chunks join block by block.
 * 2. Tool calls are pieces with the number of their block, id and name with the first piece only.
 * 3. Tokens, the ending and calls that no tool can be called with are in the last chunk, which has no text: LangChain adds up or
 *    joins what is in several chunks.
 */
export class MessageChunks {
  #asBlocks: boolean
  #response: ResponsePart | undefined
  readonly #unusable: ToolCallEndPart[] = []

  /** @param asBlocks - whether text is a block from the beginning. */
  constructor(asBlocks: boolean) {
    this.#asBlocks = asBlocks
  }

  /** The chunk of a part; `undefined` for parts that add nothing to a message. */
  push(part: ModelPart): ChatGenerationChunk | undefined {
    switch (part.type) {
      case 'response':
        this.#response = part
        return undefined
      case 'text-delta': {
        const { index, text } = part
        return chunk({ content: this.#asBlocks ? [{ type: 'text', text, index }] : text }, text)
      }
      case 'reasoning-delta':
        this.#asBlocks = true
        return chunk({ content: [{ type: 'reasoning', reasoning: part.text, index: part.index }] })
      case 'tool-call-start':
        return toolChunk({ index: part.index, id: part.id, name: part.name, args: '' })
      case 'tool-call-delta':
        return toolChunk({ index: part.index, args: part.input })
      case 'tool-call-end':
        return this.#toolCallEnd(part)
      case 'finish':
        return this.#finish(part)
      default:
        return undefined
    }
  }

  /** LangChain reads the arguments from the pieces. What it would read in another way is given as it has to be read. */
  #toolCallEnd(part: ToolCallEndPart): ChatGenerationChunk | undefined {
    if (part.malformed || !isObject(part.input)) {
      this.#unusable.push(part)
      return undefined
    }
    const call = toolCallOf(part)
    // The arguments are text that holds an object.
    return call !== undefined && part.inputText.trimStart().startsWith('"')
      ? chunk({ content: '', tool_calls: [call] })
      : undefined
  }

  #finish(part: FinishPart): ChatGenerationChunk {
    const { id, modelName } = this.#response ?? {}
    const invalid: InvalidToolCall[] = this.#unusable.map((call) => invalidToolCallOf(call, part.stopReason))
    return chunk({
      content: this.#asBlocks ? [] : '',
      response_metadata: responseMetadata({ ...part, id, modelName }),
      ...(invalid.length === 0 ? {} : { invalid_tool_calls: invalid }),
      usage_metadata: usageMetadata(part.usage),
    })
  }
}

function toolChunk(piece: Omit<ToolCallChunk, 'type'>): ChatGenerationChunk {
  return chunk({ content: '', tool_call_chunks: [{ type: 'tool_call_chunk', ...piece }] })
}

function chunk(fields: AnswerMessageFields, text = ''): ChatGenerationChunk {
  const metadata = { ...provider, ...fields.response_metadata }
  return new ChatGenerationChunk({
    text,
    message: new AnswerMessageChunk({ ...fields, response_metadata: metadata }),
  })
}
