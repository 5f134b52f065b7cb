import type { Answer, AnswerDelta } from './answer.ts'
import type { ModelCall } from './model-call.ts'

/** What is sent to the container. */
export interface ContainerRequest {
  /** The body, as the container wants it. */
  readonly body: Uint8Array
  /** Media type of the body. */
  readonly contentType: string
  /** Media type that is asked for. */
  readonly accept: string
  /** Value of the custom attributes header, for containers that want one. */
  readonly customAttributes?: string | undefined
  /** What was asked for and cannot be sent, one sentence each. They end up in `response.warnings`. */
  readonly warnings: readonly string[]
}

/** Reads one stream. Made per call, so it may keep state. */
export interface AnswerReader {
  /** Reads the next JSON value of the stream, or `[DONE]` as the symbol `jsonSequenceDone` of `@x/stream-core`. */
  push(value: unknown): readonly AnswerDelta[]
  /** The stream has ended: what only its end completes, or the error that it ended too early. */
  end(): readonly AnswerDelta[]
}

/**
 * Translates between a call and the JSON of one kind of container. Everything else is done outside: transport, framing (server-sent
 * events, JSON lines, one document), errors in the well-known shapes, stop strings, `<think>` blocks, tool calls in fragments.
 */
export interface ContentHandler {
  /** For people: named in warnings and errors. */
  readonly name: string
  /**
   * What the container takes. `'prompt'`: a conversation needs `messagesToPrompt`. `'messages'`: it cannot continue a
   * prompt. Default: both.
   */
  readonly takes?: 'prompt' | 'messages' | undefined
  /**
   * Writes the request.
   *
   * @throws {SagemakerError} `invalid-request` for what cannot be done with this container, such as tools.
   */
  request(call: ModelCall): ContainerRequest
  /** Reads a whole answer: one parsed JSON document. */
  answer(body: unknown, call: ModelCall): Answer
  /** Reads an answer value by value. A container that was asked to stream may still send one whole document. */
  reader(call: ModelCall): AnswerReader
}
