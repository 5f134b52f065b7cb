import { StreamDecodeError, type StreamDecodeErrorCode } from '../stream-decode-error.ts'
import type { LineScanner } from '../text/line-scanner.ts'
import type { JsonPlaces } from './json-places.ts'
import type { JsonSequenceObserver } from './json-sequence-observer.ts'
import { JsonValueScanner, notJson, unfinished } from './json-value-scanner.ts'
import { parseWithPythonNumbers } from './python-numbers.ts'
import { RepeatedJson } from './repeated-json.ts'

/**
 * What `JsonSequenceDecoder` delivers for `[DONE]`, the marker that ends most streams of chat completions and is not JSON.
 * It is the same symbol in every copy of this package.
 */
export const jsonSequenceDone: unique symbol = Symbol.for('@x/stream-core.jsonSequenceDone')

const recordSeparator = 0x1e

/** How a `JsonValueReader` reads. */
export interface JsonValueReaderOptions {
  readonly observer?: JsonSequenceObserver | undefined
  readonly pythonNumbers?: boolean | undefined
}

/**
 * Puts together the JSON values of text that comes in regions of lines, and emits them. White space and record separators
 * (RFC 7464) may stand between values.
 */
export class JsonValueReader {
  /** Called with each value. */
  emit: (value: unknown) => void = ignore
  /** Parses the text of one value. */
  readonly parseJson: (json: string) => unknown
  readonly #lines: LineScanner
  readonly #places: JsonPlaces
  readonly #observer: JsonSequenceObserver | undefined
  readonly #scanner: JsonValueScanner
  readonly #repeats = new RepeatedJson()
  /** What there is of an unfinished value; empty when no value is under way. */
  #pending = ''
  /** Where that starts: in a text of the latest chunk, and on which line. Its offset is looked up only when it is needed. */
  #startText = ''
  #startIndex = 0
  #startLine = 1
  #startOffset: number | undefined
  /** Whether a record separator precedes the value that is under way, or the next one. */
  #isRecord = false
  /** Length of the input in bytes, once it has ended. */
  #inputLength: number | undefined

  constructor(lines: LineScanner, places: JsonPlaces, options: JsonValueReaderOptions) {
    const { observer, pythonNumbers = false } = options
    this.#lines = lines
    this.#places = places
    this.#observer = observer
    this.parseJson = pythonNumbers ? parseWithPythonNumbers : parseStrictly
    this.#scanner = new JsonValueScanner(pythonNumbers)
  }

  /** What there is of a value that is under way; empty between values. */
  get pending(): string {
    return this.#pending
  }

  /** Reads text that ends with its line. */
  readLine(text: string, start: number, end: number): void {
    const valueStart = this.#skipSpace(text, start, end)
    if (valueStart === end || (this.#pending === '' && this.#parseLine(text, valueStart, end))) return
    this.read(text, valueStart, end)
    this.endLine(text, end)
  }

  /** Emits the values that end in `text[start..end)`, and keeps what follows them. */
  read(text: string, start: number, end: number): void {
    let position = start
    for (;;) {
      if (this.#pending === '') position = this.#skipSpace(text, position, end)
      if (position === end) return
      // One character more than the limit allows: a number ends with the one after it.
      const scanEnd = Math.min(end, position + this.#lines.maxLineLength - this.#pending.length + 1)
      if (this.#pending === '') this.#scanner.waitsAfterWords = this.#isRecord
      const valueEnd = this.#scanner.scan(text, position, scanEnd)
      if (valueEnd === notJson) throw this.#error('invalid-json', 'not a JSON value', text, position, end)
      const stop = valueEnd === unfinished ? scanEnd : valueEnd
      if (this.#pending.length + stop - position > this.#lines.maxLineLength) {
        const message = `a JSON value is longer than ${this.#lines.maxLineLength}`
        throw this.#error('line-too-long', message, text, position, end)
      }
      if (this.#pending === '') {
        this.#startText = text
        this.#startIndex = position
        this.#startLine = this.#lines.lineNumber
        this.#startOffset = undefined
      }
      this.#pending += text.slice(position, stop)
      if (valueEnd !== unfinished) {
        if (this.#mayBeCut(this.#pending) && !isSpace(text.charCodeAt(stop))) throw this.#cut(text, stop, end)
        this.#emitPending(text, stop)
      }
      position = stop
    }
  }

  /** A line has ended at `end` of `text`, which is white space after what came before it. */
  endLine(text: string, end: number): void {
    if (this.#pending === '') return
    const valueEnd = this.#scanner.scan('\n', 0, 1)
    if (valueEnd === notJson) throw this.#unfinished('a line ends inside a JSON string or word', text, end)
    if (valueEnd === unfinished) {
      if (this.#inputLength === undefined) this.#pending += '\n'
      return
    }
    if (this.#inputLength !== undefined && this.#mayBeCut(this.#pending)) throw this.#cut(text, end, end)
    this.#emitPending(text, end)
  }

  /** A chunk has been read: the texts in which the value that is under way started are soon gone. */
  endChunk(): void {
    if (this.#pending !== '') this.#startOffset = this.#pendingOffset
    this.#startText = ''
  }

  /** An event has ended with the line at `end` of `text`: a value must not be under way. */
  endEvent(text: string, end: number): void {
    if (this.#pending !== '') throw this.#unfinished('an event ends inside a JSON value', text, end)
  }

  /** The input has no more than the lines that are still to be read. */
  beginEnd(inputLength: number): void {
    this.#inputLength = inputLength
  }

  /** The input has ended. */
  end(): void {
    this.endLine('', 0)
    this.endEvent('', 0)
  }

  /** Emits `text[start..end)` if it is one value. This is the fast path: the platform's parser is the only one to see the text. */
  #parseLine(text: string, start: number, end: number): boolean {
    if (end - start > this.#lines.maxLineLength) return false
    let value: unknown
    try {
      value = this.#repeats.parse(text, start, end)
    } catch {
      return false
    }
    if (this.#isRecord) {
      const isAtEnd = this.#inputLength !== undefined && !isSpace(text.charCodeAt(end - 1))
      if (isAtEnd && this.#mayBeCut(text.slice(start, end))) throw this.#cut(text, start, end)
      this.#isRecord = false
    }
    if (this.#observer !== undefined) this.#observe(value, this.#places.offsetOf(text, start), text, end)
    this.emit(value)
    return true
  }

  #emitPending(text: string, end: number): void {
    const json = this.#pending
    const value: unknown = json === '[DONE]' ? jsonSequenceDone : this.parseJson(json)
    if (this.#observer !== undefined) this.#observe(value, this.#pendingOffset, text, end)
    this.#pending = ''
    this.#isRecord = false
    this.emit(value)
  }

  #observe(value: unknown, start: number, text: string, end: number): void {
    // Only a number at the very end of the input ends with no text to end it.
    const endOffset = text === '' ? this.#inputLength : this.#places.offsetOf(text, end)
    this.#observer?.onValue?.(value, { start, end: endOffset ?? start })
  }

  /** Byte offset in the input of the value that is under way. */
  get #pendingOffset(): number {
    return this.#startOffset ?? this.#places.offsetOf(this.#startText, this.#startIndex)
  }

  /** Where the white space ends that starts at `start`. There is no line end in `text[start..end)`. */
  #skipSpace(text: string, start: number, end: number): number {
    let position = start
    for (; position < end; position++) {
      const code = text.charCodeAt(position)
      if (code === recordSeparator) this.#isRecord = true
      else if (!isSpace(code)) break
    }
    return position
  }

  /**
   * Whether a value of a JSON text sequence may be the start of a longer one, if no white space follows it: only numbers and words do
   * not show their own end (RFC 7464, 2.4).
   */
  #mayBeCut(json: string): boolean {
    return this.#isRecord && !/^["[{]/.test(json)
  }

  #cut(text: string, start: number, end: number): StreamDecodeError {
    const message = 'a number or word of a JSON text sequence may be cut off: no white space follows it'
    return this.#error('invalid-json', message, text, start, end, this.#inputLength !== undefined)
  }

  /** The error of a value that ends too early: because of `reason`, or because the input does. */
  #unfinished(reason: string, text: string, end: number): StreamDecodeError {
    const atEnd = this.#inputLength !== undefined
    return this.#error('invalid-json', atEnd ? 'the input ends inside a JSON value' : reason, text, end, end, atEnd)
  }

  /** An error in the value that goes on, or starts, with `text[start..end)`. */
  #error(
    code: StreamDecodeErrorCode,
    message: string,
    text: string,
    start: number,
    end: number,
    atEnd: boolean = false,
  ): StreamDecodeError {
    return new StreamDecodeError(code, message, {
      byteOffset: this.#pending === '' ? this.#places.offsetOf(text, start) : this.#pendingOffset,
      lineNumber: this.#pending === '' ? this.#lines.lineNumber : this.#startLine,
      text: this.#pending + text.slice(start, end),
      rest: this.#lines.restFrom(text, start),
      atEnd,
    })
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}

const parseStrictly = (json: string): unknown => JSON.parse(json)

const ignore = (): void => {}
