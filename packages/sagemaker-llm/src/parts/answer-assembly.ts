import type {
  ChatChunk,
  ModelResponseMetadata,
  StopReason,
  ModelUsage,
  ToolCall,
  ToolCallDelta,
} from '@x/bedrock-like-types'
import type { AnswerDelta, StopDelta } from '../contract/answer.ts'
import { stopReasonOf } from '../contract/stop-reason.ts'
import { StopStringCutter } from './stop-string-cutter.ts'
import { ThinkSplitter } from './think-splitter.ts'
import { ToolCallAssembler } from '../contract/tool-calls.ts'

/** What is done with the text of an answer. */
export interface TextRules {
  /** The text ends before the first of these. */
  readonly stopSequences: readonly string[]
  /** Split `<think>` blocks off the text. */
  readonly splitReasoning: boolean
  /** The prompt has already opened such a block. */
  readonly startsInReasoning?: boolean | undefined
}

/** Everything of an answer that has been put together so far. */
export interface AssembledAnswer {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCall[]
}

/** Receives the fragments of an answer. */
export type EmitChunk = (chunk: ChatChunk) => void

/**
 * Puts an answer together from what a content handler reads, and emits it as the fragments that a user sees: stop strings
 * taken away, reasoning apart from text, tool calls numbered and named, and at the end one fragment that says how it ended.
 */
export class AnswerAssembly {
  readonly #stopSequences: readonly string[]
  readonly #cutter: StopStringCutter
  readonly #splitter: ThinkSplitter | undefined
  readonly #toolCalls = new ToolCallAssembler()
  #text = ''
  #reasoning = ''
  #usage: ModelUsage | undefined
  #stop: StopDelta = { type: 'stop' }

  constructor(rules: TextRules) {
    this.#stopSequences = rules.stopSequences
    this.#cutter = new StopStringCutter(rules.stopSequences)
    this.#splitter = rules.splitReasoning ? new ThinkSplitter(rules.startsInReasoning) : undefined
  }

  /** Takes one fact about the answer that was read from the value `raw`. Errors are not for here. */
  push(delta: Exclude<AnswerDelta, { type: 'error' }>, raw: unknown, emit: EmitChunk): void {
    switch (delta.type) {
      case 'text':
        this.#pushText(this.#cutter.push(delta.text), raw, emit)
        break
      case 'reasoning':
        this.#emitPieces(this.#splitter?.settleAsText(), raw, emit)
        this.#emitReasoning(delta.text, raw, emit)
        break
      case 'tool-call': {
        this.#flushText(raw, emit)
        const toolCallDelta = this.#toolCalls.push(delta)
        if (toolCallDelta !== undefined) this.#emitToolCall(toolCallDelta, raw, emit)
        break
      }
      case 'usage':
        this.#usage = delta.usage
        break
      case 'stop':
        this.#stop = {
          type: 'stop',
          raw: this.#stop.raw || delta.raw,
          stopString: this.#stop.stopString ?? delta.stopString,
          stopReason: this.#stop.stopReason ?? delta.stopReason,
        }
        break
      case 'other':
        emit({ delta: '', text: this.#text, raw })
        break
    }
  }

  /** Ends the answer: emits what was held back, then the last fragment. */
  end(raw: unknown, response: ModelResponseMetadata, emit: EmitChunk): void {
    this.#flushText(raw, emit)
    emit({
      delta: '',
      text: this.#text,
      stopReason: this.#stopReason(),
      rawStopReason: this.#stop.raw ?? undefined,
      usage: this.#usage,
      response,
      raw,
    })
  }

  /** What there is of the answer now, text that is held back included. */
  get assembled(): AssembledAnswer {
    this.#flushText(undefined, () => {})
    return { text: this.#text, reasoning: this.#reasoning, toolCalls: this.#toolCalls.finish().toolCalls }
  }

  #stopReason(): StopReason {
    const { toolCalls, malformed } = this.#toolCalls.finish()
    return stopReasonOf({
      raw: this.#stop.raw ?? undefined,
      stopString: this.#cutter.matched ?? this.#stop.stopString,
      stopReason: this.#stop.stopReason,
      toolCallCount: toolCalls.length,
      toolCallsMalformed: malformed,
      stopSequences: this.#stopSequences,
    })
  }

  #pushText(text: string, raw: unknown, emit: EmitChunk): void {
    if (text === '') return
    this.#emitPieces(this.#splitter?.push(text) ?? [{ type: 'text', text }], raw, emit)
  }

  #flushText(raw: unknown, emit: EmitChunk): void {
    this.#pushText(this.#cutter.end(), raw, emit)
    this.#emitPieces(this.#splitter?.end(), raw, emit)
  }

  #emitPieces(pieces: ReturnType<ThinkSplitter['push']> | undefined, raw: unknown, emit: EmitChunk): void {
    for (const piece of pieces ?? []) {
      if (piece.type === 'reasoning') this.#emitReasoning(piece.text, raw, emit)
      else {
        this.#text += piece.text
        emit({ delta: piece.text, text: this.#text, raw })
      }
    }
  }

  #emitReasoning(text: string, raw: unknown, emit: EmitChunk): void {
    this.#reasoning += text
    emit({ delta: '', text: this.#text, reasoningDelta: text, raw })
  }

  #emitToolCall(toolCallDelta: ToolCallDelta, raw: unknown, emit: EmitChunk): void {
    emit({ delta: '', text: this.#text, toolCallDelta, raw })
  }
}
