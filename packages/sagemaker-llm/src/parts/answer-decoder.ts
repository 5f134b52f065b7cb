import type { ChatChunk } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'
import { JsonSequenceDecoder, type Decoder } from '@x/stream-core/decoders'
import type { WireObserver } from '../contract/wire-observer.ts'
import type { EmitChunk } from './answer-assembly.ts'
import { errorFromThrown } from './answer-error.ts'
import { ValueDecoder, type ValueDecoderOptions } from './value-decoder.ts'

/** What the bytes of an answer are decoded with. */
export interface AnswerDecoderOptions extends ValueDecoderOptions {
  readonly wireObserver?: WireObserver | undefined
}

/**
 * Decodes the bytes of a container's answer into the fragments of a chat: bytes to JSON values, values to facts about the answer,
 * facts to fragments. Whatever goes wrong is a `SagemakerError` that carries what had arrived as `partial`; it is
 * thrown after the fragments that came before it.
 */
export class AnswerDecoder implements Decoder<Uint8Array, ChatChunk> {
  readonly #json: JsonSequenceDecoder
  readonly #values: ValueDecoder
  readonly #options: AnswerDecoderOptions
  #bytesReceived = 0
  #failure: SagemakerError | undefined

  constructor(options: AnswerDecoderOptions) {
    this.#options = options
    this.#json = new JsonSequenceDecoder({ observer: options.wireObserver })
    this.#values = new ValueDecoder(options)
  }

  push(chunk: Uint8Array): readonly ChatChunk[] {
    return this.#returned(this.#decode((emit) => this.#pushBytes(chunk, emit)))
  }

  flush(): readonly ChatChunk[] {
    return this.#returned(this.#decode((emit) => this.#end(emit)))
  }

  pushEach(chunk: Uint8Array, emit: EmitChunk): void {
    for (const value of this.#decode((collect) => this.#pushBytes(chunk, collect))) emit(value)
    if (this.#failure !== undefined) throw this.#failure
  }

  flushEach(emit: EmitChunk): void {
    for (const value of this.#decode((collect) => this.#end(collect))) emit(value)
    if (this.#failure !== undefined) throw this.#failure
  }

  /** The error for a failure of the answer, or of what it is read from, with what had arrived before it. */
  failure(thrown: unknown): SagemakerError {
    const { valuesSeen } = this.#values
    const error = errorFromThrown(thrown, { valuesSeen, isStream: true }, this.#options.origin())
    const bytesReceived = Math.max(this.#bytesReceived, error.partial?.bytesReceived ?? 0)
    return error.with({ partial: this.#values.partial(bytesReceived) })
  }

  #pushBytes(chunk: Uint8Array, emit: EmitChunk): void {
    this.#bytesReceived += chunk.length
    this.#options.wireObserver?.onPart?.(chunk)
    this.#json.pushEach(chunk, (value) => this.#values.push(value, emit))
  }

  #end(emit: EmitChunk): void {
    this.#json.flushEach((value) => this.#values.push(value, emit))
    this.#values.end(emit)
  }

  /** A step with fragments returns them, and the next one throws; a step without throws itself. */
  #returned(chunks: readonly ChatChunk[]): readonly ChatChunk[] {
    if (chunks.length === 0 && this.#failure !== undefined) throw this.#failure
    return chunks
  }

  /** Runs one step and keeps its failure, so that the fragments before it can be handed out first. */
  #decode(step: (emit: EmitChunk) => void): readonly ChatChunk[] {
    if (this.#failure !== undefined) throw this.#failure
    const chunks: ChatChunk[] = []
    try {
      step((chunk) => chunks.push(chunk))
    } catch (thrown) {
      this.#failure = this.failure(thrown)
    }
    return chunks
  }
}
