import { type Decoder, JsonSequenceDecoder, type JsonSequenceObserver, Utf8Decoder } from '@x/stream-core/decoders'
import { joinBytes } from '@x/stream-core/bytes'

/** Whether an answer is text, by its first characters. */
export type IsText = (start: string) => boolean

/** Characters that tell JSON and server-sent events from text: the longest are `event:` and `retry:`. */
const startLength = 6

/** The first characters of an answer that are not white space. */
export function startOfAnswer(bytes: Uint8Array): string {
  // Bytes of characters that are cut off become others, which are no start of JSON either.
  return new TextDecoder().decode(bytes.subarray(0, 1_024)).trimStart().slice(0, startLength)
}

/**
 * Decodes the bytes of an answer to its values: JSON in any framing or, where the content handler says so, text in pieces. Which of
 * them it is shows with the first characters, which are held until then.
 */
export class AnswerValues {
  readonly #observer: JsonSequenceObserver | undefined
  readonly #isText: IsText | undefined
  #decoder: Required<Pick<Decoder<Uint8Array, unknown>, 'pushEach' | 'flushEach'>> | undefined
  #held: Uint8Array = new Uint8Array()

  constructor(isText: IsText | undefined, observer: JsonSequenceObserver | undefined) {
    this.#isText = isText
    this.#observer = observer
    if (isText === undefined) this.#decoder = jsonDecoder(observer)
  }

  pushEach(chunk: Uint8Array, emit: (value: unknown) => void): void {
    if (this.#decoder === undefined) this.#decide(chunk, false, emit)
    else this.#decoder.pushEach(chunk, emit)
  }

  flushEach(emit: (value: unknown) => void): void {
    this.#decide(undefined, true, emit)
    this.#decoder?.flushEach(emit)
  }

  #decide(chunk: Uint8Array | undefined, isEnd: boolean, emit: (value: unknown) => void): void {
    if (this.#decoder !== undefined) return
    this.#held = chunk === undefined ? this.#held : joinBytes([this.#held, chunk])
    const start = startOfAnswer(this.#held)
    if (start.length < startLength && this.#held.length < 1_024 && !isEnd) return
    this.#decoder = this.#isText?.(start) === true ? new TextPieces(this.#observer) : jsonDecoder(this.#observer)
    this.#decoder.pushEach(this.#held, emit)
    this.#held = new Uint8Array()
  }
}

function jsonDecoder(observer: JsonSequenceObserver | undefined): JsonSequenceDecoder {
  return new JsonSequenceDecoder({ observer, markErrors: true, pythonNumbers: true })
}

/** Decodes text, and tells the observer of each piece as a value. */
class TextPieces {
  readonly #decoder = new Utf8Decoder()
  readonly #observer: JsonSequenceObserver | undefined
  #end = 0

  constructor(observer: JsonSequenceObserver | undefined) {
    this.#observer = observer
  }

  pushEach(chunk: Uint8Array, emit: (value: unknown) => void): void {
    const start = this.#end
    this.#end += chunk.length
    this.#decoder.pushEach(chunk, (text) => {
      this.#observer?.onValue?.(text, { start, end: this.#end })
      emit(text)
    })
  }

  flushEach(emit: (value: unknown) => void): void {
    this.#decoder.flushEach(emit)
  }
}
