import {
  AIMessageChunk,
  type AIMessageChunkFields,
  type ContentBlock,
  type UsageMetadata,
} from '@langchain/core/messages'
import type { InvalidToolCall, ToolCall } from '@langchain/core/messages/tool'

/** What a message is made of. LangChain declares `usage_metadata` as never given. */
export type AnswerMessageFields = Omit<AIMessageChunkFields, 'usage_metadata'> & {
  readonly usage_metadata?: UsageMetadata | undefined
}

interface FinalCalls {
  readonly valid: readonly ToolCall[]
  readonly invalid: readonly InvalidToolCall[]
}

const none: FinalCalls = { valid: [], invalid: [] }

/**
 * A message chunk that keeps apart the tool calls that are complete and those that are not. LangChain's class reads the arguments of a
 * call that was cut off as far as they go, so that an agent would call the tool with half of them; and its content blocks leave out the
 * tool calls of an answer whose content is text.
 *
 * A call in `tool_calls` or `invalid_tool_calls` without `tool_call_chunks` is final: it replaces what is made of the chunks of the
 * same call when it is added to a message.
 */
export class AnswerMessageChunk extends AIMessageChunk {
  readonly #final: FinalCalls

  constructor(fields: AnswerMessageFields) {
    super(fields as AIMessageChunkFields)
    const { tool_calls: valid = [], invalid_tool_calls: invalid = [], tool_call_chunks: chunks = [] } = fields
    if (valid.length + invalid.length === 0) {
      this.#final = none
      return
    }
    const isFinal = ({ id }: { readonly id?: string | undefined }): boolean => !chunks.some((chunk) => chunk.id === id)
    this.#final = { valid: valid.filter(isFinal), invalid: invalid.filter(isFinal) }
    // What is made of chunks is made when it is first read, for the cost of it.
    if (this.#hasFinal && chunks.length > 0) {
      this.tool_calls = [...(this.tool_calls ?? []), ...this.#final.valid]
      this.invalid_tool_calls = [...(this.invalid_tool_calls ?? []), ...this.#final.invalid]
    } else if (this.#hasFinal) this.invalid_tool_calls = [...this.#final.invalid]
  }

  /** Messages are saved and loaded as those of LangChain. */
  override get lc_id(): string[] {
    return [...this.lc_namespace, 'AIMessageChunk']
  }

  /** The content in standard blocks. Tool calls come last: as pieces until the answer has ended, then as calls. */
  override get contentBlocks(): ContentBlock.Standard[] {
    const { content, tool_calls: valid = [], invalid_tool_calls: invalid = [], tool_call_chunks: pieces = [] } = this
    const blocks: readonly ContentBlock[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content
    const calls =
      pieces.length === 0 || 'stop_reason' in this.response_metadata
        ? [
            ...valid.map((call) => ({ ...call, type: 'tool_call' as const })),
            ...invalid.map((call) => ({ ...call, type: 'invalid_tool_call' as const })),
          ]
        : pieces.map((piece) => ({ ...piece, type: 'tool_call_chunk' as const }))
    return [...blocks.filter(isOtherContent), ...calls] as ContentBlock.Standard[]
  }

  override concat(chunk: AIMessageChunk): this {
    const joined = super.concat(chunk)
    const other = #final in chunk ? chunk.#final : none
    if (!this.#hasFinal && other.valid.length + other.invalid.length === 0) return joined
    const valid = [...this.#final.valid, ...other.valid]
    const invalid = [...this.#final.invalid, ...other.invalid]
    const final = new Set([...valid, ...invalid].map(({ id }) => id))
    const chunks = (joined.tool_call_chunks ?? []).filter(({ id }) => !final.has(id))
    // oxlint-disable-next-line typescript/no-misused-spread -- as LangChain copies messages.
    const fields = { ...joined, tool_call_chunks: chunks, tool_calls: valid, invalid_tool_calls: invalid }
    return new AnswerMessageChunk(fields) as this
  }

  get #hasFinal(): boolean {
    return this.#final.valid.length + this.#final.invalid.length > 0
  }
}

/** Whether a block is more than an empty text and no tool call, which the message has in separate lists. */
function isOtherContent({ type, text }: ContentBlock): boolean {
  return text !== '' && type !== 'tool_call' && type !== 'invalid_tool_call' && type !== 'tool_call_chunk'
}
