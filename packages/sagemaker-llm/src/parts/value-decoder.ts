import type { ModelResponseMetadata } from '@x/bedrock-like-types'
import { errorFromContainer, type PartialAnswer } from '@x/sagemaker-endpoint'
import type { AnswerReader } from '../contract/content-handler.ts'
import { AnswerAssembly, type TextRules, type EmitChunk } from './answer-assembly.ts'
import type { AnswerDelta } from '../contract/answer.ts'
import { errorFromDelta, inBandError, type AnswerOrigin } from './answer-error.ts'

/** What an answer is decoded with. */
export interface ValueDecoderOptions extends TextRules {
  /** Reads the values of the container's format. */
  readonly reader: AnswerReader
  /** Where the answer comes from; asked when an error has to be told. */
  readonly origin: () => AnswerOrigin
  /** Facts about the exchange, for the last fragment; asked at the end of the answer. */
  readonly response: () => ModelResponseMetadata
}

/** Turns the JSON values of an answer into the fragments of a chat; throws a `SagemakerError` where the container reports one. */
export class ValueDecoder {
  readonly #options: ValueDecoderOptions
  readonly #assembly: AnswerAssembly
  #valuesSeen = 0
  #lastValue: unknown

  constructor(options: ValueDecoderOptions) {
    this.#options = options
    this.#assembly = new AnswerAssembly(options)
  }

  /** How many values there were so far. */
  get valuesSeen(): number {
    return this.#valuesSeen
  }

  /** What there is of the answer so far, for an error. */
  partial(bytesReceived: number): PartialAnswer {
    const { text, reasoning, toolCalls } = this.#assembly.assembled
    return {
      text,
      ...(reasoning === '' ? {} : { reasoning }),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
      bytesReceived,
    }
  }

  push(value: unknown, emit: EmitChunk): void {
    this.#valuesSeen++
    if (typeof value !== 'symbol') this.#lastValue = value
    const reported = inBandError(value)
    if (reported !== undefined) throw errorFromContainer(reported, this.#options.origin())
    this.#take(this.#options.reader.push(value), value, emit)
  }

  end(emit: EmitChunk): void {
    this.#take(this.#options.reader.end(), this.#lastValue, emit)
    this.#assembly.end(this.#lastValue, this.#options.response(), emit)
  }

  #take(deltas: readonly AnswerDelta[], value: unknown, emit: EmitChunk): void {
    for (const delta of deltas) {
      if (delta.type === 'error') throw errorFromDelta(delta, value, this.#options.origin())
      this.#assembly.push(delta, value, emit)
    }
  }
}
