import type { ChatChunk, ChatResponse, CompletionChunk, CompletionResponse } from '@x/bedrock-like-types'
import type { CallOptions, SagemakerError } from '@x/sagemaker-endpoint'
import type { RunEvent, RunEventOf } from '../protocol/run-event.ts'
import { adviceFor } from './error-advice.ts'
import type { EventChannel } from './event-channel.ts'

type Delta = Omit<RunEventOf<'delta'>, 'type' | 'at' | 'value'>

/** Turns what the packages tell about one call into events with their time. */
export class CallReporter {
  readonly #channel: EventChannel<RunEvent>
  readonly #startedAt = performance.now()

  constructor(channel: EventChannel<RunEvent>) {
    this.#channel = channel
  }

  /** What the endpoint tells while it is called. */
  readonly callOptions: Pick<CallOptions, 'onResponse' | 'retry'> = {
    onResponse: ({ statusCode, contentType, requestId, invokedProductionVariant: variant, timings }) => {
      // Told with the first byte of the body; the headers came a little earlier.
      const at = Math.min(this.#now(), timings.headersMs)
      this.#channel.write({ type: 'response', at, statusCode, contentType, requestId, variant })
    },
    retry: {
      onRetry: ({ error, attempt, delayMs }) =>
        this.#channel.write({ type: 'retry', at: this.#now(), attempt, code: error.code, delayMs }),
    },
  }

  /** Reports a fragment; resolves when the reader is ready for more. */
  async progressed(chunk: ChatChunk | CompletionChunk): Promise<void> {
    for (const delta of deltasOf(chunk)) this.#delta(delta)
    if (chunk.response !== undefined) this.#end(chunk)
    await this.#channel.drained()
  }

  /** Reports a whole answer. */
  answered(answer: ChatResponse | CompletionResponse): void {
    if ('reasoning' in answer && answer.reasoning !== undefined)
      this.#delta({ channel: 'reasoning', text: answer.reasoning })
    if (answer.text !== '') this.#delta({ channel: 'text', text: answer.text })
    const calls = 'toolCalls' in answer ? answer.toolCalls : []
    for (const [index, { id, name, input }] of calls.entries())
      this.#delta({ channel: 'tool', text: JSON.stringify(input), tool: { index, id, name } })
    this.#end(answer)
  }

  failed(error: SagemakerError): void {
    this.#channel.write({
      type: 'error',
      at: this.#now(),
      code: error.code,
      message: error.message,
      retryable: error.retryable,
      advice: adviceFor(error.code),
      statusCode: error.statusCode,
      originalStatusCode: error.originalStatusCode,
      originalMessage: error.originalMessage ?? error.snippet,
      requestId: error.requestId,
      logStreamArn: error.logStreamArn,
      attempts: error.attempts.length,
    })
  }

  #delta(delta: Delta): void {
    this.#channel.write({ type: 'delta', at: this.#now(), ...delta })
  }

  #end({
    stopReason,
    rawStopReason,
    usage,
    response,
  }: Pick<ChatChunk, 'stopReason' | 'rawStopReason' | 'usage' | 'response'>): void {
    this.#channel.write({
      type: 'end',
      at: this.#now(),
      stopReason,
      rawStopReason,
      usage,
      warnings: response?.warnings === undefined ? undefined : [...response.warnings],
      attempts: response?.attempts,
    })
  }

  #now(): number {
    return performance.now() - this.#startedAt
  }
}

function deltasOf(chunk: ChatChunk | CompletionChunk): Delta[] {
  const deltas: Delta[] = []
  if ('reasoningDelta' in chunk && chunk.reasoningDelta)
    deltas.push({ channel: 'reasoning', text: chunk.reasoningDelta })
  if (chunk.delta !== '') deltas.push({ channel: 'text', text: chunk.delta })
  if ('toolCallDelta' in chunk && chunk.toolCallDelta !== undefined) {
    const { input = '', ...tool } = chunk.toolCallDelta
    deltas.push({ channel: 'tool', text: input, tool })
  }
  return deltas
}
