import { CallbackDecoder } from './callback-decoder.ts'
import { jsonSequenceDone } from './json/json-sequence-done.ts'
import type { JsonSequenceObserver } from './json/json-sequence-observer.ts'
import { JsonValueScanner, notJson, unfinished } from './json/json-value-scanner.ts'
import { ObservedLines } from './json/observed-lines.ts'
import { StreamDecodeError, type StreamDecodeErrorCode } from './stream-decode-error.ts'
import { LineScanner, type Place } from './text/line-scanner.ts'
import type { TextDecoderOptions } from './text/text-decoder-options.ts'

/** Options of `JsonSequenceDecoder`. */
export interface JsonSequenceDecoderOptions extends TextDecoderOptions {
  /** Sees how the input is read. Default: none, at no cost. */
  readonly observer?: JsonSequenceObserver | undefined
}

const recordSeparator = 0x1e

/**
 * Decodes UTF-8 bytes to the JSON values that are in them, however they are framed: the data of server-sent events, JSON lines
 * (also with record separators, RFC 7464), JSON documents one after the other with or without white space, pretty-printed JSON,
 * one whole document. Nothing has to be said in advance, and one input may mix them.
 *
 * Where no value is under way, each line says itself what it is: a field of a server-sent event (`data:`, `event:`, `id:`,
 * `retry:`), a comment (`:`), or JSON. Of the fields only `data` is read. A value is delivered
 *
 * - from bare JSON as soon as its last character is there, be it in the middle of a line; a number when what follows ends it;
 * - from server-sent events at the end of its data line. A value may take several data lines of one event, several events may
 *   follow each other without a blank line, and the last one needs no line end.
 *
 * `[DONE]` is delivered as the symbol `jsonSequenceDone`, and decoding goes on.
 *
 * Errors: `invalid-json` at the first character that cannot be JSON, so that HTML or plain text in place of JSON fails at once;
 * at a blank line or the end of the input that leaves a value unfinished (`atEnd` tells the latter); and for a line that is
 * neither JSON nor a known field, since containers write failures as plain text. The error has `text`, `lineNumber` and
 * `byteOffset` of the value. Further `line-too-long`, for lines of events and for values; `invalid-utf8` with `fatal`.
 */
export class JsonSequenceDecoder extends CallbackDecoder<Uint8Array, unknown> {
  readonly #lines: LineScanner
  readonly #scanner: JsonValueScanner = new JsonValueScanner()
  readonly #observer: JsonSequenceObserver | undefined
  readonly #observedLines: ObservedLines | undefined
  /** Bytes received. */
  #length = 0
  #emit: (value: unknown) => void = ignore
  /** What there is of an unfinished value, and where it started; empty when no value is under way. */
  #pending = ''
  #pendingPlace: Place = { byteOffset: 0, lineNumber: 1 }
  /** Whether the unfinished value came in data lines of an event. */
  #isEventData = false
  /** Whether the start of the current line was taken as JSON before its end was there. */
  #isLineTaken = false
  #isEnded = false

  constructor(options: JsonSequenceDecoderOptions = {}) {
    super()
    const sink = {
      line: (text: string, start: number, end: number): void => this.#line(text, start, end),
      partialLine: (text: string, start: number): boolean => this.#partialLine(text, start),
      heldText: (): string => this.#pending,
    }
    const { observer } = options
    this.#observer = observer
    if (observer?.onLine !== undefined) {
      this.#observedLines = new ObservedLines(sink, observer, (text, index) => this.#lines.placeOf(text, index))
    }
    this.#lines = new LineScanner(this.#observedLines ?? sink, 'any', options)
  }

  protected override decodeChunk(chunk: Uint8Array, emit: (value: unknown) => void): void {
    this.#emit = emit
    this.#length += chunk.length
    this.#lines.push(chunk)
  }

  protected override decodeEnd(emit: (value: unknown) => void): void {
    this.#emit = emit
    this.#isEnded = true
    this.#lines.flush()
    this.#observedLines?.end(this.#length)
    this.#endLine('', 0)
    if (this.#pending !== '') throw this.#unfinished('', '', 0)
  }

  #line(text: string, start: number, end: number): void {
    if (this.#isLineTaken || this.#isBareValueOpen()) {
      this.#isLineTaken = false
      this.#readText(text, start, end)
      this.#endLine(text, end)
    } else if (start === end) {
      if (this.#pending !== '') throw this.#unfinished('an event ends inside a JSON value', text, end)
    } else if (text.startsWith('data:', start)) {
      this.#lines.checkLength(text, start, end)
      if (this.#pending === '') this.#isEventData = true
      this.#readLine(text, start + 5, end)
    } else if (!isField(text.slice(start, end))) {
      if (this.#pending === '') this.#isEventData = false
      this.#readLine(text, start, end)
    }
  }

  #partialLine(text: string, start: number): boolean {
    if (!this.#isLineTaken && !this.#isBareValueOpen()) {
      if (mayBeField(text.slice(start))) return false
      if (this.#pending === '') this.#isEventData = false
    }
    this.#isLineTaken = true
    this.#readText(text, start, text.length)
    return true
  }

  #isBareValueOpen(): boolean {
    return this.#pending !== '' && !this.#isEventData
  }

  /** Reads JSON that ends with its line, in the hope that it is one value. */
  #readLine(text: string, start: number, end: number): void {
    const valueStart = skipSpace(text, start, end)
    if (valueStart === end || (this.#pending === '' && this.#parse(text, valueStart, end))) return
    this.#readText(text, valueStart, end)
    this.#endLine(text, end)
  }

  /** Delivers `text[start..end)` if it is one value. */
  #parse(text: string, start: number, end: number): boolean {
    if (end - start > this.#lines.maxLineLength) return false
    let parsed: unknown
    try {
      parsed = JSON.parse(text.slice(start, end))
    } catch {
      return false
    }
    if (this.#observer !== undefined) this.#observe(parsed, this.#lines.placeOf(text, start), text, end)
    this.#emit(parsed)
    return true
  }

  /** Delivers the values that end in `text[start..end)`, and keeps what follows them. */
  #readText(text: string, start: number, end: number): void {
    let position = start
    for (;;) {
      if (this.#pending === '') position = skipSpace(text, position, end)
      if (position === end) return
      const valueEnd = this.#scanner.scan(text, position, end)
      if (valueEnd === notJson) throw this.#error('invalid-json', 'not a JSON value', text, position, end)
      const stop = valueEnd === unfinished ? end : valueEnd
      if (this.#pending.length + stop - position > this.#lines.maxLineLength) {
        const message = `a JSON value is longer than ${this.#lines.maxLineLength}`
        throw this.#error('line-too-long', message, text, position, end)
      }
      if (this.#pending === '' && (valueEnd === unfinished || this.#observer !== undefined)) {
        this.#pendingPlace = this.#lines.placeOf(text, position)
      }
      this.#pending += text.slice(position, stop)
      if (valueEnd !== unfinished) this.#deliver(text, stop)
      position = stop
    }
  }

  /** A line end, or the end of the input, is white space after whatever came before. */
  #endLine(text: string, end: number): void {
    if (this.#pending === '') return
    const valueEnd = this.#scanner.scan('\n', 0, 1)
    if (valueEnd === notJson) throw this.#unfinished('a line ends inside a JSON string or word', text, end)
    if (valueEnd === unfinished) this.#pending += '\n'
    else this.#deliver(text, end)
  }

  /** The error of a value that ends too early: because of `reason`, or of the end of the input. */
  #unfinished(reason: string, text: string, end: number): StreamDecodeError {
    const message = this.#isEnded ? 'the input ends inside a JSON value' : reason
    return this.#error('invalid-json', message, text, end, end, this.#isEnded)
  }

  /** Delivers the pending value, which ends at `end` of `text`. */
  #deliver(text: string, end: number): void {
    const json = this.#pending
    this.#pending = ''
    const value: unknown = json === '[DONE]' ? jsonSequenceDone : JSON.parse(json)
    if (this.#observer !== undefined) this.#observe(value, this.#pendingPlace, text, end)
    this.#emit(value)
  }

  #observe(value: unknown, place: Place, text: string, end: number): void {
    // Only a number at the very end of the input ends with no text to end it.
    const isAtEnd = this.#isEnded && text === ''
    const range = { start: place.byteOffset, end: isAtEnd ? this.#length : this.#lines.placeOf(text, end).byteOffset }
    this.#observer?.onValue?.(value, range)
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
    const place = this.#pending === '' ? this.#lines.placeOf(text, start) : this.#pendingPlace
    return new StreamDecodeError(code, message, {
      ...place,
      text: this.#pending + text.slice(start, end),
      rest: this.#lines.restFrom(text, start),
      atEnd,
    })
  }
}

function skipSpace(text: string, start: number, end: number): number {
  let position = start
  while (position < end && isSpace(text.charCodeAt(position))) position++
  return position
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === recordSeparator
}

const fieldNames = ['data', 'event', 'id', 'retry']

/** Whether a line is a comment or a known field of a server-sent event. */
function isField(line: string): boolean {
  return /^(?::|(?:data|event|id|retry)(?::|$))/.test(line)
}

/** Whether a line that starts like this may become one. */
function mayBeField(start: string): boolean {
  return isField(start) || fieldNames.some((name) => name.startsWith(start))
}

const ignore = (): void => {}
