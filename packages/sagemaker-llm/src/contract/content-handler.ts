import type { CodecRequest } from '@x/bedrock-like-types'
import type { Answer, AnswerDelta } from './answer.ts'
import type { ModelCall } from './model-call.ts'

/** Reads one stream. Made per call, so it may keep state. */
export interface AnswerReader {
  /** Reads the next JSON value of the stream, or `[DONE]` as the symbol `jsonSequenceDone` of `@x/stream-core`. */
  push(value: unknown): readonly AnswerDelta[]
  /** The stream has ended: what only its end completes, or the error that it ended too early. */
  end(): readonly AnswerDelta[]
  /**
   * Whether the last value was the end of the answer in this format. What comes after it is not read, and cannot fail the call. Without
   * this member, `[DONE]` and the end of the stream end an answer.
   */
  readonly isDone?: boolean | undefined
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
   * prompt.
   *
   * @defaultValue both
   */
  readonly takes?: 'prompt' | 'messages' | undefined
  /**
   * Writes the request.
   *
   * @throws {SagemakerError} `invalid-request` for what cannot be done with this container, such as tools.
   */
  request(call: ModelCall): CodecRequest
  /**
   * Whether an answer is text and not JSON in any framing. Text is given to `answer` as one string, and to the reader in pieces, as
   * strings.
   *
   * @defaultValue never
   * @param contentType - of the response; `undefined` if it names none
   * @param start - the first characters that are not white space, at most 6; fewer only if there are no more
   */
  isText?(contentType: string | undefined, start: string): boolean
  /** Reads a whole answer: one parsed JSON document. */
  answer(body: unknown, call: ModelCall): Answer
  /** Reads an answer value by value. A container that was asked to stream may still send one whole document. */
  reader(call: ModelCall): AnswerReader
}
