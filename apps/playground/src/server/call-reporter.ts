import type { ChatChunk, ChatResponse, CompletionChunk, CompletionResponse } from '@x/bedrock-like-types'
import type { CallOptions, SagemakerError } from '@x/sagemaker-endpoint'
import type { WireObserver } from '@x/sagemaker-llm'
import { jsonSequenceDone } from '@x/stream-core'
import type { RunEvent, RunEventOf } from '../protocol/run-event.ts'
import { errorEvent } from './error-event.ts'
import type { EventChannel } from './event-channel.ts'

type Delta = Omit<RunEventOf<'delta'>, 'type' | 'at' | 'value'>

const decoder = new TextDecoder()

/** Turns what the packages tell about one call into events with their time. */
export class CallReporter {
  readonly #channel: EventChannel<RunEvent>
  readonly #startedAt = performance.now()
  readonly #operation: RunEventOf<'request'>['operation']
  #bytes = 0
  #values = 0
  /** Which value it was, by the value itself: a fragment brings along the one that it was made from. */
  readonly #indexOf = new Map<unknown, number>()

  constructor(channel: EventChannel<RunEvent>, stream: boolean) {
    this.#channel = channel
    this.#operation = stream ? 'InvokeEndpointWithResponseStream' : 'InvokeEndpoint'
  }

  /** What the model tells while it sends the request and reads the answer. */
  readonly wireObserver: WireObserver = {
    onRequest: ({ body, contentType, accept }) => {
      const request = { operation: this.#operation, contentType, accept, body: decoder.decode(body) }
      this.#channel.write({ type: 'request', at: this.#now(), ...request })
    },
    onPart: (bytes) => {
      const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
      this.#channel.write({ type: 'part', at: this.#now(), start: this.#bytes, bytes: base64 })
      this.#bytes += bytes.length
    },
    onLine: (text, range) => {
      // The empty line that ends an event has no bytes to show.
      if (text !== '') this.#channel.write({ type: 'line', at: this.#now(), ...range, text })
    },
    onValue: (value, range) => {
      this.#indexOf.set(value, this.#values)
      this.#values++
      const shown = value === jsonSequenceDone ? '[DONE]' : value
      this.#channel.write({ type: 'value', at: this.#now(), ...range, value: shown })
    },
  }

  /** What the endpoint tells while it is called. */
  readonly callOptions: Pick<CallOptions, 'onResponse' | 'retry'> = {
    onResponse: ({ statusCode, contentType, requestId, invokedProductionVariant: variant, timings }) => {
      // Told with the first byte of the body; the headers came a little earlier.
      const at = Math.min(this.#now(), Math.round(timings.headersMs * 1000) / 1000)
      this.#channel.write({ type: 'response', at, statusCode, contentType, requestId, variant })
    },
    retry: {
      onRetry: ({ error, attempt, delayMs }) =>
        this.#channel.write({ type: 'retry', at: this.#now(), attempt, code: error.code, delayMs }),
    },
  }

  /** Reports a fragment; resolves when the reader is ready for more. */
  async progressed(chunk: ChatChunk | CompletionChunk): Promise<void> {
    for (const delta of deltasOf(chunk)) this.#delta(delta, chunk.raw)
    if (chunk.response !== undefined) this.#end(chunk)
    await this.#channel.drained()
  }

  /** Reports a whole answer. */
  answered(answer: ChatResponse | CompletionResponse): void {
    if ('reasoning' in answer && answer.reasoning !== undefined)
      this.#delta({ channel: 'reasoning', text: answer.reasoning }, answer.raw)
    if (answer.text !== '') this.#delta({ channel: 'text', text: answer.text }, answer.raw)
    const calls = 'toolCalls' in answer ? answer.toolCalls : []
    for (const [index, { id, name, input }] of calls.entries())
      this.#delta({ channel: 'tool', text: JSON.stringify(input), tool: { index, id, name } }, answer.raw)
    this.#end(answer)
  }

  failed(error: SagemakerError): void {
    this.#channel.write(errorEvent(error, this.#now()))
  }

  #delta(delta: Delta, raw: unknown): void {
    this.#channel.write({ type: 'delta', at: this.#now(), value: this.#indexOf.get(raw), ...delta })
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
      warnings: response?.warnings === undefined ? undefined : response.warnings.map(({ message }) => message),
      attempts: response?.attempts,
    })
  }

  /** To the microsecond: that is what the clock is good for. */
  #now(): number {
    return Math.round((performance.now() - this.#startedAt) * 1000) / 1000
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
