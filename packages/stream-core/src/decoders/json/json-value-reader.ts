import { StreamDecodeError, type StreamDecodeErrorCode } from '../stream-decode-error.ts'
import type { LineScanner, Place } from '../text/line-scanner.ts'
import { jsonSequenceDone } from './json-sequence-done.ts'
import type { JsonSequenceObserver } from './json-sequence-observer.ts'
import { JsonValueScanner, notJson, unfinished } from './json-value-scanner.ts'

const recordSeparator = 0x1e

/**
 * Puts together the JSON values of text that comes in regions of lines, and emits them. White space and record separators
 * (RFC 7464) may stand between values.
 */
export class JsonValueReader {
  /** Called with each value. */
  emit: (value: unknown) => void = ignore
  readonly #lines: LineScanner
  readonly #observer: JsonSequenceObserver | undefined
  readonly #scanner: JsonValueScanner = new JsonValueScanner()
  /** What there is of an unfinished value, and where that started; empty when no value is under way. */
  #pending = ''
  #pendingPlace: Place = { byteOffset: 0, lineNumber: 1 }
  /** Length of the input in bytes, once it has ended. */
  #inputLength: number | undefined

  constructor(lines: LineScanner, observer: JsonSequenceObserver | undefined) {
    this.#lines = lines
    this.#observer = observer
  }

  /** What there is of a value that is under way; empty between values. */
  get pending(): string {
    return this.#pending
  }

  /** Reads text that ends with its line. */
  readLine(text: string, start: number, end: number): void {
    const valueStart = skipSpace(text, start, end)
    if (valueStart === end || (this.#pending === '' && this.#parse(text, valueStart, end))) return
    this.read(text, valueStart, end)
    this.endLine(text, end)
  }

  /** Emits the values that end in `text[start..end)`, and keeps what follows them. */
  read(text: string, start: number, end: number): void {
    let position = start
    for (;;) {
      if (this.#pending === '') position = skipSpace(text, position, end)
      if (position === end) return
      // One character more than the limit allows: a number ends with the one after it.
      const scanEnd = Math.min(end, position + this.#lines.maxLineLength - this.#pending.length + 1)
      const valueEnd = this.#scanner.scan(text, position, scanEnd)
      if (valueEnd === notJson) throw this.#error('invalid-json', 'not a JSON value', text, position, end)
      const stop = valueEnd === unfinished ? scanEnd : valueEnd
      if (this.#pending.length + stop - position > this.#lines.maxLineLength) {
        const message = `a JSON value is longer than ${this.#lines.maxLineLength}`
        throw this.#error('line-too-long', message, text, position, end)
      }
      if (this.#pending === '' && (valueEnd === unfinished || this.#observer !== undefined)) {
        this.#pendingPlace = this.#lines.placeOf(text, position)
      }
      this.#pending += text.slice(position, stop)
      if (valueEnd !== unfinished) this.#emitPending(text, stop)
      position = stop
    }
  }

  /** A line has ended at `end` of `text`, which is white space after what came before it. */
  endLine(text: string, end: number): void {
    if (this.#pending === '') return
    const valueEnd = this.#scanner.scan('\n', 0, 1)
    if (valueEnd === notJson) throw this.#unfinished('a line ends inside a JSON string or word', text, end)
    if (valueEnd !== unfinished) this.#emitPending(text, end)
    else if (this.#inputLength === undefined) this.#pending += '\n'
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

  /** Emits `text[start..end)` if it is one value. This is the fast path: the platform's parser alone sees the text. */
  #parse(text: string, start: number, end: number): boolean {
    if (end - start > this.#lines.maxLineLength) return false
    let value: unknown
    try {
      value = JSON.parse(text.slice(start, end))
    } catch {
      return false
    }
    if (this.#observer !== undefined) this.#observe(value, this.#lines.placeOf(text, start), text, end)
    this.emit(value)
    return true
  }

  #emitPending(text: string, end: number): void {
    const json = this.#pending
    this.#pending = ''
    const value: unknown = json === '[DONE]' ? jsonSequenceDone : JSON.parse(json)
    if (this.#observer !== undefined) this.#observe(value, this.#pendingPlace, text, end)
    this.emit(value)
  }

  #observe(value: unknown, start: Place, text: string, end: number): void {
    // Only a number at the very end of the input ends with no text to end it.
    const endOffset = text === '' ? this.#inputLength : this.#lines.placeOf(text, end).byteOffset
    this.#observer?.onValue?.(value, { start: start.byteOffset, end: endOffset ?? start.byteOffset })
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
      ...(this.#pending === '' ? this.#lines.placeOf(text, start) : this.#pendingPlace),
      text: this.#pending + text.slice(start, end),
      rest: this.#lines.restFrom(text, start),
      atEnd,
    })
  }
}

/** Where the white space ends that starts at `start`. There is no line end in `text[start..end)`. */
function skipSpace(text: string, start: number, end: number): number {
  let position = start
  while (position < end && isSpace(text.charCodeAt(position))) position++
  return position
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === recordSeparator
}

const ignore = (): void => {}
