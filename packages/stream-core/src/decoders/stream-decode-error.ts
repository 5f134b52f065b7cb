const brand = Symbol.for('@x/stream-core.StreamDecodeError')

/**
 * What was wrong with the input:
 *
 * - `line-too-long`: a line, the data of one event, or a JSON value is longer than `maxLineLength`.
 * - `invalid-utf8`: bytes that are not UTF-8, and the decoder was made with `fatal: true`.
 * - `invalid-json`: text that is not JSON where JSON must be, or the input ended inside a JSON value.
 * - `frame-too-long`: the length prefix of an event-stream frame says more than `maxFrameLength`.
 * - `bad-checksum`: one of the two checksums of an event-stream frame is wrong.
 * - `invalid-frame`: an event-stream frame with correct checksums has impossible lengths, an unknown header type or a header twice.
 * - `truncated-frame`: the input ended inside an event-stream frame.
 */
export type StreamDecodeErrorCode =
  | 'line-too-long'
  | 'invalid-utf8'
  | 'invalid-json'
  | 'frame-too-long'
  | 'bad-checksum'
  | 'invalid-frame'
  | 'truncated-frame'

/** The context that a `StreamDecodeError` carries. */
export interface StreamDecodeErrorContext {
  /** Offset in the input, in bytes from 0, of the item that could not be decoded. */
  readonly byteOffset: number
  /** Undecoded input: what was received and is in no delivered value. */
  readonly rest: Uint8Array
  /** Line of the input, from 1, on which the item starts; only where the format has lines. */
  readonly lineNumber?: number | undefined
  /** The text that could not be decoded; only where the format is text. */
  readonly text?: string | undefined
  /**
   * True when the error is that the input ended too early.
   *
   * @defaultValue false
   */
  readonly atEnd?: boolean | undefined
}

/**
 * Input that violates its format. All values that precede the violation are delivered before this error.
 *
 * `text` and `rest` hold what a model or a container wrote: they are not enumerable, and no part of them is in the message, so
 * that they reach neither `JSON.stringify` nor a log by accident.
 */
export class StreamDecodeError extends Error {
  /** Always `StreamDecodeError`. */
  override readonly name: string = 'StreamDecodeError'
  /** What was wrong with the input. */
  readonly code: StreamDecodeErrorCode
  /** Always false: the same bytes give the same error. */
  readonly retryable: boolean = false
  /** Offset in the input, in bytes from 0, of the item that could not be decoded. */
  readonly byteOffset: number
  /** Line of the input, from 1, on which the item starts; undefined where the format has no lines. */
  readonly lineNumber: number | undefined
  /** True when the input ended too early: what there is of the item may be right. */
  readonly atEnd: boolean
  /** The text that could not be decoded, as far as it was received; undefined where the format is not text. Not enumerable. */
  declare readonly text: string | undefined
  /**
   * What was received and is in no delivered value, from the start of the item that could not be decoded. Not enumerable.
   * Text decoders write it as UTF-8 again, so bytes that were not UTF-8 are U+FFFD in it.
   */
  declare readonly rest: Uint8Array

  constructor(code: StreamDecodeErrorCode, message: string, context: StreamDecodeErrorContext) {
    const { byteOffset, lineNumber, text, rest, atEnd = false } = context
    super(`${code}: ${message} (${lineNumber === undefined ? '' : `line ${lineNumber}, `}byte ${byteOffset})`)
    this.code = code
    this.byteOffset = byteOffset
    this.lineNumber = lineNumber
    this.atEnd = atEnd
    Object.defineProperties(this, { text: { value: text }, rest: { value: rest }, [brand]: { value: true } })
  }

  /** Whether `value` is a `StreamDecodeError`, also one of another copy of this package, where `instanceof` fails. */
  static is(value: unknown): value is StreamDecodeError {
    return typeof value === 'object' && value !== null && brand in value
  }
}
