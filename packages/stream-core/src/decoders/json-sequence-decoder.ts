import { CallbackDecoder } from './callback-decoder.ts'
import { ErrorEvents } from './json/error-events.ts'
import { JsonPlaces } from './json/json-places.ts'
import type { JsonSequenceObserver } from './json/json-sequence-observer.ts'
import { JsonValueReader } from './json/json-value-reader.ts'
import { ObservedLines } from './json/observed-lines.ts'
import { PartialLineScanner } from './json/partial-line-scanner.ts'
import { isData, isField, mayBeField } from './text/event-field.ts'
import type { LineParts, LineScanner } from './text/line-scanner.ts'
import type { TextDecodingOptions } from './text/text-decoding-options.ts'

const openingBrace = 0x7b

/** Options of `JsonSequenceDecoder`. */
export interface JsonSequenceDecoderOptions extends TextDecodingOptions {
  /**
   * Sees how the input is read.
   *
   * @defaultValue none, at no cost
   */
  readonly observer?: JsonSequenceObserver | undefined
  /**
   * Whether `NaN`, `Infinity` and `-Infinity`, which Python's `json.dumps` writes, are accepted: as null and the two numbers. They are
   * not JSON.
   *
   * @defaultValue false
   */
  readonly pythonNumbers?: boolean | undefined
  /**
   * Whether errors that a server reports within a stream of server-sent events are delivered as `ServerSentError`: the data of an
   * event of type `error`, whose `event` field has to come first, and the value of a field `error`, as llama.cpp writes it. Their
   * data may be text. Otherwise that data is a value like others, and has to be JSON, and a line `error: ...` is `invalid-json`.
   *
   * @defaultValue false
   */
  readonly markErrors?: boolean | undefined
}

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
 * `[DONE]` is delivered as the symbol `jsonSequenceDone`, and decoding goes on. A number or a word that follows a record separator
 * must have white space after it, since it may be cut off otherwise (RFC 7464, 2.4): without it, it is `invalid-json`.
 *
 * Errors: `invalid-json` at the first character that cannot be JSON, so that HTML or plain text in place of JSON fails at once;
 * at a blank line or the end of the input that leaves a value unfinished (`atEnd` tells the latter); and for a line that is
 * neither JSON nor a known field, since containers write failures as plain text. The error has `text`, `lineNumber` and
 * `byteOffset` of the value. Further `line-too-long`, for lines of events and for values; `invalid-utf8` with `fatal`.
 */
export class JsonSequenceDecoder extends CallbackDecoder<Uint8Array, unknown> {
  readonly #lines: LineScanner
  readonly #places: JsonPlaces
  readonly #values: JsonValueReader
  readonly #observedLines: ObservedLines | undefined
  readonly #errors: ErrorEvents | undefined
  /** Bytes received. */
  #length = 0
  /** Whether the unfinished value came in data lines of an event. */
  #isEventData = false
  /** Whether the start of the current line was taken as JSON before its end was there. */
  #isLineTaken = false

  constructor(options: JsonSequenceDecoderOptions = {}) {
    super()
    const sink = {
      line: (text: string, start: number, end: number): void => this.#line(text, start, end),
      lines: (text: string, start: number): number => this.#readLines(text, start),
      partialLine: (text: string, start: number): boolean => this.#partialLine(text, start),
      heldText: (): string => this.#values.pending,
      keepPart: (parts: LineParts | undefined, rest: string, text: string, start: number): LineParts | undefined =>
        this.#places.keepPart(parts, rest, text, start),
    }
    const { observer } = options
    if (observer?.onLine !== undefined) {
      this.#observedLines = new ObservedLines(sink, observer, (text, index) => this.#places.offsetOf(text, index))
    }
    this.#lines = new PartialLineScanner(this.#observedLines ?? sink, options)
    this.#places = new JsonPlaces(this.#lines, observer !== undefined)
    this.#values = new JsonValueReader(this.#lines, this.#places, options)
    if (options.markErrors === true) {
      this.#errors = new ErrorEvents(this.#lines, this.#values.parseJson, (error) => this.#values.emit(error))
    }
  }

  /** What `push` and `pushEach` do with a chunk. */
  protected override decodeChunk(chunk: Uint8Array, emit: (value: unknown) => void): void {
    this.#values.emit = emit
    this.#length += chunk.length
    this.#lines.push(chunk)
    this.#values.endChunk()
  }

  /** What `flush` and `flushEach` do at the end of the input. */
  protected override decodeEnd(emit: (value: unknown) => void): void {
    this.#values.emit = emit
    this.#values.beginEnd(this.#length)
    this.#lines.flush()
    this.#observedLines?.end(this.#length)
    this.#errors?.end()
    this.#values.end()
  }

  /** As `#line` for many lines: the scanner's own loop, which calls a function of the sink for each, costs 3 % of the whole. */
  #readLines(text: string, start: number): number {
    const lines = this.#lines
    let position = start
    while (position < text.length) {
      const end = text.indexOf('\n', position)
      if (end === -1) break
      this.#line(text, position, end)
      lines.lineNumber++
      position = end + 1
    }
    return position
  }

  #line(text: string, start: number, end: number): void {
    if (this.#isJsonUnderWay()) {
      this.#isLineTaken = false
      this.#values.read(text, start, end)
      this.#values.endLine(text, end)
    } else if (this.#errors?.takes(text, start, end) === true) {
      return
    } else if (start === end) {
      this.#values.endEvent(text, end)
    } else if (isData(text, start)) {
      this.#lines.checkLength(text, start, end)
      if (this.#values.pending === '') this.#isEventData = true
      this.#values.readLine(text, start + 'data:'.length, end)
    } else if (text.charCodeAt(start) !== openingBrace && isField(text.slice(start, end))) {
      this.#lines.checkLength(text, start, end)
    } else {
      if (this.#values.pending === '') this.#isEventData = false
      this.#values.readLine(text, start, end)
    }
  }

  #partialLine(text: string, start: number): boolean {
    if (!this.#isJsonUnderWay()) {
      if (text.charCodeAt(start) !== openingBrace && this.#mayBeField(text.slice(start))) return false
      if (this.#values.pending === '') this.#isEventData = false
    }
    this.#isLineTaken = true
    this.#values.read(text, start, text.length)
    return true
  }

  #mayBeField(start: string): boolean {
    return mayBeField(start) || this.#errors?.mayTake(start) === true
  }

  /** Whether what comes next can only be JSON: the rest of a line, or of a value that is not the data of an event. */
  #isJsonUnderWay(): boolean {
    return this.#isLineTaken || (this.#values.pending !== '' && !this.#isEventData)
  }
}
