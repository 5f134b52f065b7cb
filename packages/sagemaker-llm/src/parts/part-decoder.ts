import type { ModelPartRequest, ModelResponseMetadata } from '@x/bedrock-like-types'
import { errorFromContainer, parseContainerError, type PartialAnswer, type SagemakerError } from '@x/sagemaker-endpoint'
import { type Decoder, jsonSequenceDone, ServerSentError } from '@x/stream-core/decoders'
import type { AnswerDelta } from '../contract/answer.ts'
import type { AnswerReader } from '../contract/content-handler.ts'
import type { WireObserver } from '../contract/wire-observer.ts'
import { isFailure } from '../contract/stop-reason.ts'
import { type AnswerOrigin, answerError, errorFromDelta, errorFromThrown, inBandError } from './answer-error.ts'
import { answerIdentity } from './answer-identity.ts'
import { AnswerValues, type IsText } from './answer-values.ts'
import { PartAssembly } from './part-assembly.ts'
import type { EmitPart, SpinePart } from './spine-part.ts'
import type { TextRules } from './text-rules.ts'

/** What an answer is decoded with. */
export interface PartDecoderOptions {
  readonly rules: TextRules
  /** Reads the values of the container's format. */
  readonly reader: AnswerReader
  /** The request, for the first part. */
  readonly request: ModelPartRequest
  /** Where the answer comes from; asked when there is an error to report. */
  readonly origin: () => AnswerOrigin
  /** Facts about the exchange, as far as they are known now. */
  readonly response: () => ModelResponseMetadata
  /** Whether the answer comes as a stream. */
  readonly isStream: boolean
  /** Asked once, if it is there; else the answer is JSON. */
  readonly isText?: IsText | undefined
  readonly wireObserver?: WireObserver | undefined
}

/**
 * Decodes the bytes of a container's answer into parts: bytes to JSON values, values to facts about the answer, facts to parts.
 * Whatever goes wrong is a `SagemakerError` that carries what had arrived as `partial`; it is thrown after the parts that came
 * before it.
 */
export class PartDecoder implements Decoder<Uint8Array, SpinePart> {
  readonly #options: PartDecoderOptions
  /** None for an answer that comes as a parsed document. */
  #values: AnswerValues | undefined
  readonly #assembly: PartAssembly
  #bytesReceived = 0
  #valuesSeen = 0
  #lastValue: unknown
  #hasResponse = false
  /** Whether there is a stop reason, and nothing of the answer after it. */
  #hasStopped = false
  #sawForeign = false
  #isDone = false

  constructor(options: PartDecoderOptions) {
    this.#options = options
    this.#assembly = new PartAssembly(options.rules)
  }

  /** Whether the answer has ended, by `[DONE]` or by what ends it in its format. Nothing that comes after it is part of it. */
  get isDone(): boolean {
    return this.#isDone
  }

  start(): readonly SpinePart[] {
    const { request, response } = this.#options
    return [{ type: 'start', request, warnings: response().warnings }]
  }

  push(chunk: Uint8Array): readonly SpinePart[] {
    const parts: SpinePart[] = []
    this.pushEach(chunk, (part) => parts.push(part))
    return parts
  }

  flush(): readonly SpinePart[] {
    const parts: SpinePart[] = []
    this.flushEach((part) => parts.push(part))
    return parts
  }

  pushEach(chunk: Uint8Array, emit: EmitPart): void {
    if (this.#isDone) return
    this.#bytesReceived += chunk.length
    this.#options.wireObserver?.onPart?.(chunk)
    this.#attempt(() => this.#answerValues().pushEach(chunk, (value) => this.#take(value, emit)))
  }

  flushEach(emit: EmitPart): void {
    this.#attempt(() => {
      this.#answerValues().flushEach((value) => this.#take(value, emit))
      this.#end(emit)
    })
  }

  /** Reads an answer that is one JSON document, parsed already. */
  readDocument(value: unknown, bytes: Uint8Array, emit: EmitPart): void {
    this.#bytesReceived += bytes.length
    this.#options.wireObserver?.onPart?.(bytes)
    this.#options.wireObserver?.onValue?.(value, { start: 0, end: bytes.length })
    this.#attempt(() => {
      this.#take(value, emit)
      this.#end(emit)
    })
  }

  /** The error for a failure of the answer, or of what it is read from, with what had arrived before it. */
  fail(thrown: unknown): SagemakerError {
    const { isStream, origin } = this.#options
    const error = errorFromThrown(thrown, { valuesSeen: this.#valuesSeen, isStream }, origin())
    return error.with({ partial: this.#partial(Math.max(this.#bytesReceived, error.partial?.bytesReceived ?? 0)) })
  }

  #answerValues(): AnswerValues {
    return (this.#values ??= new AnswerValues(this.#options.isText, this.#options.wireObserver))
  }

  #attempt(step: () => void): void {
    try {
      step()
    } catch (thrown) {
      if (!this.#isDone) throw this.fail(thrown)
    }
  }

  #take(received: unknown, emit: EmitPart): void {
    if (this.#isDone) return
    const { reader } = this.#options
    const isMarked = ServerSentError.is(received)
    const value = isMarked ? received.value : received
    const reported = inBandError(value, isMarked)
    this.#valuesSeen++
    if (value === jsonSequenceDone) {
      this.#takeDeltas(reader.push(value), value, emit)
      this.#end(emit)
      return
    }
    this.#lastValue = value
    if (reported !== undefined) {
      if (this.#hasResponse) emit({ type: 'raw', value })
      throw errorFromContainer(reported, this.#options.origin())
    }
    const deltas = reader.push(value)
    if (!this.#hasResponse && deltas[0]?.type !== 'error') this.#emitResponse(value, emit)
    if (this.#hasResponse) emit({ type: 'raw', value })
    this.#takeDeltas(deltas, value, emit)
    if (reader.isDone === true) this.#end(emit)
  }

  #end(emit: EmitPart): void {
    if (this.#isDone) return
    const { isStream, origin, reader, response } = this.#options
    if (!isStream && this.#bytesReceived === 0)
      throw answerError('unexpected-response', 'the answer is empty', origin())
    const hasStopped = this.#hasStopped
    this.#takeDeltas(reader.end(), this.#lastValue, emit)
    if (this.#sawForeign && !hasStopped) {
      const what = 'a value of the stream is no part of the answer, and the answer has no stop reason'
      throw answerError('stream-interrupted', what, origin())
    }
    if (!this.#hasResponse) this.#emitResponse(this.#lastValue, emit)
    this.#assembly.end(response(), emit)
    this.#isDone = true
  }

  #emitResponse(value: unknown, emit: EmitPart): void {
    this.#hasResponse = true
    emit({ type: 'response', response: this.#options.response(), ...answerIdentity(value) })
  }

  #takeDeltas(deltas: readonly AnswerDelta[], value: unknown, emit: EmitPart): void {
    this.#assembly.beginValue(deltas, emit)
    for (const delta of deltas) {
      if (delta.type === 'error') throw errorFromDelta(delta, value, this.#options.origin())
      if (delta.type === 'foreign') this.#takeForeign(value)
      else {
        this.#note(delta)
        this.#assembly.push(delta, emit)
      }
    }
  }

  /** What is no part of the answer is, most often, why there is no more of it. */
  #takeForeign(value: unknown): void {
    const reported = parseContainerError(value)
    if (reported !== undefined) throw errorFromContainer(reported, this.#options.origin())
    this.#sawForeign = true
  }

  #note(delta: AnswerDelta): void {
    if (delta.type === 'stop') {
      const { origin, rules } = this.#options
      const isStopString = rules.stopSequences.includes(delta.raw ?? '')
      if (isFailure(delta.raw) && !isStopString) {
        throw errorFromDelta({ type: 'error', message: `generation ended with "${delta.raw}"` }, undefined, origin())
      }
      this.#hasStopped = true
    } else if (delta.type !== 'usage' && delta.type !== 'other') this.#hasStopped = false
  }

  #partial(bytesReceived: number): PartialAnswer {
    const { text, reasoning, toolCalls } = this.#assembly.assembled
    return {
      text,
      ...(reasoning === '' ? {} : { reasoning }),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
      bytesReceived,
    }
  }
}
