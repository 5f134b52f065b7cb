import type {
  ChatChunk,
  ContentBlockDelta,
  ConverseModelStreamOutput,
  ConverseStreamRequest,
  ToolCallDelta,
  ModelResponseMetadata,
} from '@x/bedrock-like-types'
import type { Decoder } from '@x/stream-core'
import { isCompleteToolInput } from '../contract/tool-calls.ts'
import { additionalResponseFields, converseUsage } from './converse-response.ts'

/** For a stream that ended without its last fragment. */
const unknownResponse: ModelResponseMetadata = { attempts: 1, timings: {}, warnings: [] }

/**
 * Turns the fragments of a chat into Bedrock's events, in Bedrock's order: `messageStart`, the content blocks one after
 * the other, `messageStop`, `metadata`.
 */
export class ConverseEventDecoder implements Decoder<ChatChunk, ConverseModelStreamOutput> {
  readonly #responsePaths: readonly string[] | undefined
  readonly #blocks = new ContentBlocks()
  readonly #startedAt: number
  #started = false
  #last: ChatChunk | undefined

  /** @param startedAt when the call began, by `performance.now()` */
  constructor({ additionalModelResponseFieldPaths }: ConverseStreamRequest, startedAt: number) {
    this.#responsePaths = additionalModelResponseFieldPaths
    this.#startedAt = startedAt
  }

  push(chunk: ChatChunk): readonly ConverseModelStreamOutput[] {
    this.#last = chunk
    return [...this.#start(), ...this.#blocks.push(chunk)]
  }

  flush(): readonly ConverseModelStreamOutput[] {
    const { stopReason = 'end_turn', usage, raw, response = unknownResponse } = this.#last ?? {}
    const fields = additionalResponseFields(raw, this.#responsePaths)
    return [
      ...this.#start(),
      ...this.#blocks.end(),
      { messageStop: { stopReason, ...(fields === undefined ? {} : { additionalModelResponseFields: fields }) } },
      {
        metadata: {
          usage: converseUsage(usage),
          metrics: { latencyMs: Math.round(performance.now() - this.#startedAt) },
          response,
        },
      },
    ]
  }

  #start(): readonly ConverseModelStreamOutput[] {
    if (this.#started) return []
    this.#started = true
    return [{ messageStart: { role: 'assistant' } }]
  }
}

interface TextPiece {
  readonly kind: 'text' | 'reasoning'
  readonly text: string
}

interface ToolPiece extends ToolCallDelta {
  readonly kind: 'toolUse'
}

type Piece = TextPiece | ToolPiece

type OpenBlock =
  | { readonly kind: 'text' | 'reasoning' }
  | { readonly kind: 'toolUse'; readonly callIndex: number; input: string }

/**
 * Cuts the fragments of an answer into content blocks: `contentBlockStart` (tool calls alone have one), deltas,
 * `contentBlockStop`, one block after the other.
 *
 * Where a container mixes the fragments of a tool call with others, these wait until the call is complete.
 */
export class ContentBlocks {
  readonly #closedCalls = new Set<number>()
  readonly #waiting: Piece[] = []
  #blockIndex = -1
  #open: OpenBlock | undefined

  /** The events that a fragment makes. */
  push(chunk: ChatChunk): readonly ConverseModelStreamOutput[] {
    const { reasoningDelta, delta, toolCallDelta } = chunk
    if (reasoningDelta) this.#waiting.push({ kind: 'reasoning', text: reasoningDelta })
    if (delta !== '') this.#waiting.push({ kind: 'text', text: delta })
    if (toolCallDelta !== undefined) this.#waiting.push({ ...toolCallDelta, kind: 'toolUse' })
    return this.#takeWaiting(() => this.#openIsComplete())
  }

  /** The events of what still waits, and the end of the last block. */
  end(): readonly ConverseModelStreamOutput[] {
    return [...this.#takeWaiting(() => true), ...this.#closeBlock()]
  }

  #takeWaiting(mayClose: () => boolean): readonly ConverseModelStreamOutput[] {
    const events: ConverseModelStreamOutput[] = []
    for (;;) {
      const position = this.#nextPosition(mayClose)
      const [piece] = position < 0 ? [] : this.#waiting.splice(position, 1)
      if (piece === undefined) return events
      events.push(...(piece.kind === 'toolUse' ? this.#toolPiece(piece) : this.#textPiece(piece)))
    }
  }

  /** What belongs to the open call comes first; then, if that may be closed, what has waited longest. */
  #nextPosition(mayClose: () => boolean): number {
    const open = this.#open
    const own =
      open?.kind === 'toolUse'
        ? this.#waiting.findIndex((piece) => piece.kind === 'toolUse' && piece.index === open.callIndex)
        : -1
    if (own >= 0) return own
    return this.#waiting.length > 0 && mayClose() ? 0 : -1
  }

  #openIsComplete(): boolean {
    return this.#open?.kind !== 'toolUse' || isCompleteToolInput(this.#open.input)
  }

  #textPiece({ kind, text }: TextPiece): readonly ConverseModelStreamOutput[] {
    const opening = this.#open?.kind === kind ? [] : this.#closeBlock()
    if (this.#open === undefined) this.#openBlock({ kind })
    return [...opening, this.#delta(kind === 'text' ? { text } : { reasoningContent: { text } })]
  }

  #toolPiece({ index, id = '', name = '', input }: ToolPiece): readonly ConverseModelStreamOutput[] {
    // After complete arguments there can be nothing but white space.
    if (this.#closedCalls.has(index)) return []
    const events: ConverseModelStreamOutput[] = []
    if (this.#open?.kind !== 'toolUse' || this.#open.callIndex !== index) {
      events.push(...this.#closeBlock())
      this.#openBlock({ kind: 'toolUse', callIndex: index, input: '' })
      const start = { toolUse: { toolUseId: id, name } }
      events.push({ contentBlockStart: { contentBlockIndex: this.#blockIndex, start } })
    }
    if (input && this.#open?.kind === 'toolUse') {
      this.#open.input += input
      events.push(this.#delta({ toolUse: { input } }))
    }
    return events
  }

  #openBlock(block: OpenBlock): void {
    this.#open = block
    this.#blockIndex += 1
  }

  #closeBlock(): readonly ConverseModelStreamOutput[] {
    if (this.#open === undefined) return []
    if (this.#open.kind === 'toolUse') this.#closedCalls.add(this.#open.callIndex)
    this.#open = undefined
    return [{ contentBlockStop: { contentBlockIndex: this.#blockIndex } }]
  }

  #delta(delta: ContentBlockDelta): ConverseModelStreamOutput {
    return { contentBlockDelta: { contentBlockIndex: this.#blockIndex, delta } }
  }
}
