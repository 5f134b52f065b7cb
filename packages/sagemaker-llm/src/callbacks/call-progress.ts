import type { ChatChunk, ChatResponse, CompletionChunk, CompletionResponse } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { ToolCallAssembler } from '../contract/tool-calls.ts'
import type { CallRecord } from './call-listener.ts'
import type { LLMTimings } from './llm-callbacks.ts'

/** One call on its way: measures it, gathers what has come, and tells the records, which hear of one end alone. */
export class CallProgress {
  readonly #records: readonly CallRecord[]
  readonly #toolCalls = new ToolCallAssembler()
  readonly #startedAt = performance.now()
  #firstTokenMs: number | undefined
  #tokens = 0
  #reasoning = ''
  #last: (ChatChunk & CompletionChunk) | undefined
  #over = false

  constructor(records: readonly CallRecord[]) {
    this.#records = records
  }

  /** The call has been heard of for the last time. */
  get isOver(): boolean {
    return this.#over
  }

  /** A fragment has come. */
  chunk(chunk: ChatChunk | CompletionChunk): void {
    if (this.#over) return
    this.#last = chunk
    const { delta, reasoningDelta, toolCallDelta }: ChatChunk = chunk
    this.#reasoning += reasoningDelta ?? ''
    if (toolCallDelta !== undefined) this.#toolCalls.push({ ...toolCallDelta, type: 'tool-call' })
    // The last fragment may say nothing but why the model stopped.
    if (delta === '' && !reasoningDelta && toolCallDelta === undefined) return
    this.#firstTokenMs ??= this.#elapsedMs()
    const token = { index: this.#tokens, delta, reasoningDelta, toolCallDelta, timings: this.#timings() }
    this.#tokens += 1
    for (const record of this.#records) record.token(token)
  }

  /** The stream has ended, or was left before its end. */
  endStream(aborted: boolean): void {
    if (!this.#end()) return
    const outcome = {
      aborted,
      text: this.#last?.text ?? '',
      reasoning: this.#reasoning === '' ? undefined : this.#reasoning,
      toolCalls: this.#toolCalls.finish().toolCalls,
      stopReason: this.#last?.stopReason,
      rawStopReason: this.#last?.rawStopReason,
      usage: this.#last?.usage,
      response: this.#last?.response,
      raw: this.#last?.raw,
      timings: this.#timings(),
    }
    for (const record of this.#records) record.end(outcome)
  }

  /** The whole answer has come. */
  answer(answer: ChatResponse | CompletionResponse): void {
    if (!this.#end()) return
    const { text, stopReason, rawStopReason, usage, response, raw } = answer
    const { reasoning, toolCalls } = 'toolCalls' in answer ? answer : { reasoning: undefined, toolCalls: [] }
    const timings = this.#timings()
    const outcome = { text, reasoning, toolCalls, stopReason, rawStopReason, usage, response, raw, timings }
    for (const record of this.#records) record.end({ ...outcome, aborted: false })
  }

  /** The call has failed, or its caller has given it up. */
  fail(error: unknown): void {
    if (SagemakerError.is(error) && error.code === 'aborted') {
      this.endStream(true)
      return
    }
    if (!this.#end()) return
    const timings = this.#timings()
    for (const record of this.#records) record.fail(error, timings)
  }

  #end(): boolean {
    if (this.#over) return false
    this.#over = true
    return true
  }

  #timings(): LLMTimings {
    return { timeToFirstTokenMs: this.#firstTokenMs, durationMs: this.#elapsedMs() }
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedAt
  }
}
