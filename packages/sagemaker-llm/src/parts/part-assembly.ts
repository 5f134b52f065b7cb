import type { ModelResponseMetadata, ModelUsage, ToolCall } from '@x/bedrock-like-types'
import type { AnswerDelta, StopDelta } from '../contract/answer.ts'
import { stopReasonOf } from '../contract/stop-reason.ts'
import { type AnswerPiece, ReasoningSplitter } from './reasoning-splitter.ts'
import type { EmitPart } from './spine-part.ts'
import { StopStringCutter } from './stop-string-cutter.ts'
import type { TextRules } from './text-rules.ts'
import { ToolCallAssembler } from './tool-calls.ts'
import { WholeCharacters } from './whole-characters.ts'

/** Everything of an answer that has been put together so far. */
export interface AssembledAnswer {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCall[]
}

interface OpenBlock {
  readonly type: AnswerPiece['type']
  readonly index: number
  readonly characters: WholeCharacters
}

/**
 * Puts an answer together from what a content handler reads and emits it as parts: blocks opened, numbered and closed, stop
 * strings taken away, reasoning apart from text, tool calls numbered and named, and at the end how it ended.
 */
export class PartAssembly {
  readonly #stopSequences: readonly string[]
  readonly #cutter: StopStringCutter | undefined
  readonly #splitter: ReasoningSplitter | undefined
  #toolCalls: ToolCallAssembler | undefined
  #nextIndex = 0
  #open: OpenBlock | undefined
  #text = ''
  #reasoning = ''
  #usage: ModelUsage | undefined
  #stop: StopDelta = { type: 'stop' }

  constructor({ stopSequences, reasoning }: TextRules) {
    this.#stopSequences = stopSequences
    this.#cutter = stopSequences.length === 0 ? undefined : new StopStringCutter(stopSequences)
    this.#splitter = reasoning && new ReasoningSplitter(reasoning)
  }

  /** Before the deltas of the next value. */
  beginValue(deltas: readonly AnswerDelta[], emit: EmitPart): void {
    this.#toolCalls?.beginValue(deltas, emit)
  }

  /** Takes one fact about the answer. Errors and foreign values are not for here. Of several stop reasons the last one counts. */
  push(delta: Exclude<AnswerDelta, { type: 'error' | 'foreign' }>, emit: EmitPart): void {
    switch (delta.type) {
      case 'text':
        this.#pushText(this.#cutter === undefined ? delta.text : this.#cutter.push(delta.text), emit)
        break
      case 'reasoning':
        if (this.#splitter !== undefined) this.#emitPieces(this.#splitter.settleAsText(), emit)
        this.#emitPiece('reasoning', delta.text, emit)
        break
      case 'tool-call':
        this.#flushText(emit)
        this.#closeBlock(emit)
        this.#toolCalls ??= new ToolCallAssembler({ nextIndex: () => this.#nextIndex++ })
        this.#toolCalls.push(delta, emit)
        break
      case 'usage':
        this.#usage = delta.usage
        break
      case 'stop':
        this.#stop = {
          type: 'stop',
          raw: delta.raw || this.#stop.raw,
          stopString: delta.stopString ?? this.#stop.stopString,
          stopReason: delta.stopReason ?? this.#stop.stopReason,
        }
        break
      case 'other':
        emit({ type: 'other' })
        break
    }
  }

  /** Ends the answer: emits what was held back, the ends of open blocks and the last part. */
  end(response: ModelResponseMetadata, emit: EmitPart): void {
    this.#flushText(emit)
    this.#closeBlock(emit)
    this.#toolCalls?.end(emit)
    const rawStopReason = this.#stop.raw ?? undefined
    const stopString = this.#cutter?.matched ?? this.#stop.stopString
    const stopReason = stopReasonOf({
      raw: rawStopReason,
      stopString,
      stopReason: this.#stop.stopReason,
      toolCallCount: this.#toolCalls?.size ?? 0,
      toolCallsMalformed: this.#toolCalls?.isMalformed ?? false,
      stopSequences: this.#stopSequences,
    })
    const isNamed = stopReason === 'stop_sequence' && stopString !== undefined
    const stopSequence = isNamed ? { stopSequence: stopString } : {}
    emit({ type: 'finish', stopReason, rawStopReason, ...stopSequence, usage: this.#usage, response })
  }

  /** What there is of the answer now, text that is held back included. For the end of an answer that failed. */
  get assembled(): AssembledAnswer {
    this.#flushText(() => {})
    this.#closeBlock(() => {})
    return { text: this.#text, reasoning: this.#reasoning, toolCalls: this.#toolCalls?.toolCalls ?? [] }
  }

  #pushText(text: string, emit: EmitPart): void {
    if (text === '') return
    if (this.#splitter === undefined) this.#emitPiece('text', text, emit)
    else this.#emitPieces(this.#splitter.push(text), emit)
  }

  #flushText(emit: EmitPart): void {
    if (this.#cutter !== undefined) this.#pushText(this.#cutter.end(), emit)
    if (this.#splitter !== undefined) this.#emitPieces(this.#splitter.end(), emit)
  }

  #emitPieces(pieces: readonly AnswerPiece[], emit: EmitPart): void {
    for (const { type, text } of pieces) this.#emitPiece(type, text, emit)
  }

  #emitPiece(type: AnswerPiece['type'], text: string, emit: EmitPart): void {
    if (text === '') return
    if (this.#open?.type !== type) this.#closeBlock(emit)
    const block = (this.#open ??= this.#openBlock(type, emit))
    this.#emitText(block, block.characters.push(text), emit)
  }

  #openBlock(type: AnswerPiece['type'], emit: EmitPart): OpenBlock {
    const index = this.#nextIndex++
    emit({ type: `${type}-start`, index })
    return { type, index, characters: new WholeCharacters() }
  }

  #closeBlock(emit: EmitPart): void {
    const block = this.#open
    if (block === undefined) return
    this.#open = undefined
    this.#emitText(block, block.characters.end(), emit)
    emit({ type: `${block.type}-end`, index: block.index })
  }

  #emitText({ type, index }: OpenBlock, text: string, emit: EmitPart): void {
    if (text === '') return
    if (type === 'text') this.#text += text
    else this.#reasoning += text
    emit({ type: `${type}-delta`, index, text })
  }
}
