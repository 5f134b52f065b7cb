import { StreamDecodeError } from '../stream-decode-error.ts'
import { joinBytes } from '../../bytes/join-bytes.ts'
import { defaultMaxLineLength, type TextDecodingOptions } from './text-decoding-options.ts'
import { encoder, smallLength, Utf8Reader } from './utf8-reader.ts'

/** Receives the lines of a `LineScanner` in place, as regions of a longer text, so that only what the sink needs is sliced. */
export interface LineSink {
  /** The line `text[start..end)`, without its line end. */
  line(text: string, start: number, end: number): void
  /**
   * Takes all complete lines of a text without CR, from `start` on, and returns the end of the last one. For speed only: lines
   * come through `line` otherwise. It counts the lines that it takes in `lineNumber` of the scanner.
   */
  lines?(text: string, start: number): number
  /**
   * A line that came in two texts, for a sink that can do without looking into the whole of it: concatenation makes a rope, and
   * the first look into a rope copies it. Lines come through `line` otherwise.
   */
  joinedLine?(rest: string, head: string): void
}

/** Which characters end a line: with `any` LF, CRLF and a lone CR; with `lf` LF and CRLF, a lone CR is a character like others. */
export type Newline = 'any' | 'lf'

/** The parts of an unfinished line: the text, or the bytes where malformed ones may have been replaced. */
export type LineParts = (string | Uint8Array)[]

/** A line that came in several texts: the rest of earlier ones, then a region of the latest one. */
export interface JoinedLine {
  readonly rest: string
  /** Byte offset in the input of the line. */
  readonly byteOffset: number
  readonly parts: LineParts | undefined
  /** Where in the latest text the line goes on, and where it ends there. */
  readonly headStart: number
  readonly headEnd: number
}

const lineFeed = 10
const carriageReturn = 13

/**
 * Cuts UTF-8 chunks into lines. Each chunk is decoded once and searched once. An unfinished line is kept as a string that grows
 * by concatenation, a rope in every engine, and is never searched again: the cost is linear in the input however it is cut.
 */
export class LineScanner {
  readonly maxLineLength: number
  /** Line of the input, from 1, that the sink is given. */
  lineNumber = 1
  readonly utf8: Utf8Reader
  readonly #sink: LineSink
  readonly #anyNewline: boolean
  /** What there is of an unfinished line, and its place in the input. */
  protected rest = ''
  #restOffset = 0
  protected restParts: LineParts | undefined
  /** The line that began in an earlier text and goes on in the latest one. */
  #joined: JoinedLine | undefined
  /** A CR ended the last text: an LF at the start of the next one belongs to it. */
  #skipLineFeed = false

  constructor(sink: LineSink, newline: Newline, options: TextDecodingOptions) {
    this.#sink = sink
    this.#anyNewline = newline === 'any'
    this.maxLineLength = options.maxLineLength ?? defaultMaxLineLength
    if (!(this.maxLineLength >= 1)) throw new RangeError('maxLineLength must be at least 1')
    this.utf8 = new Utf8Reader(options.fatal ?? false)
  }

  push(chunk: Uint8Array): void {
    if (chunk.length <= smallLength && this.mayGather(chunk.length) && this.utf8.gather(chunk, this.#anyNewline)) return
    this.#scan(this.utf8.decode(chunk))
  }

  /** Whether a chunk of this length may wait to be decoded with what follows it: the line is not too long with it. */
  protected mayGather(length: number): boolean {
    return this.rest.length + this.utf8.heldLength + length <= this.maxLineLength
  }

  flush(): void {
    this.#scan(this.utf8.end())
    const line = this.rest
    this.joinWith(this.utf8.text.length, this.utf8.text.length)
    this.rest = ''
    if (line !== '') this.#sink.line(line, 0, line.length)
  }

  /** Throws if the line that the sink has been given is too long. */
  checkLength(text: string, start: number, end: number): void {
    if (end - start > this.maxLineLength) throw this.lineTooLong(text, start, end)
  }

  lineTooLong(text: string, start: number, end: number): StreamDecodeError {
    return new StreamDecodeError('line-too-long', `a line is longer than ${this.maxLineLength}`, {
      byteOffset: this.joinedIn(text)?.byteOffset ?? this.utf8.offsetOf(start),
      lineNumber: this.lineNumber,
      text: text.slice(start, end),
      rest: this.restFrom(text, start),
    })
  }

  /** What the sink holds, and all input received from `text[index]` on, for a text that the sink has been given. */
  restFrom(text: string, index: number): Uint8Array {
    const joined = this.joinedIn(text)
    const later = joined === undefined ? '' : this.utf8.text.slice(joined.headEnd)
    return this.#undecoded(text.slice(index) + later)
  }

  /** The line that a text is, if it is not the latest text itself. */
  joinedIn(text: string): JoinedLine | undefined {
    return text === this.utf8.text ? undefined : this.#joined
  }

  #scan(text: string): void {
    if (text !== '') {
      const end = this.#scanLines(text)
      if (end < text.length) this.keep(text, end)
    }
    this.#checkUtf8()
  }

  /** Gives the sink all lines that end in the text; returns the end of the last one. */
  #scanLines(text: string): number {
    const start = this.#skipLineFeed && text.charCodeAt(0) === lineFeed ? 1 : 0
    const firstReturn = text.indexOf('\r', start)
    this.#skipLineFeed = firstReturn !== -1 && this.#anyNewline && text.charCodeAt(text.length - 1) === carriageReturn
    return firstReturn === -1 ? this.#scanPlain(text, start) : this.#scanMixed(text, start, firstReturn)
  }

  /** Scans a text without CR, as nearly all are. */
  #scanPlain(text: string, start: number): number {
    let position = start
    if (this.rest !== '') {
      const end = text.indexOf('\n', start)
      if (end === -1) return start
      this.#line(text, start, end)
      position = end + 1
    }
    const sink = this.#sink
    if (sink.lines !== undefined) return sink.lines(text, position)
    for (let end = text.indexOf('\n', position); end !== -1; end = text.indexOf('\n', position)) {
      sink.line(text, position, end)
      this.lineNumber++
      position = end + 1
    }
    return position
  }

  /** Scans a text in which the first CR is at `firstReturn`. */
  #scanMixed(text: string, firstStart: number, firstReturn: number): number {
    let start = firstStart
    let nextReturn = this.#anyNewline ? firstReturn : text.length
    let nextLineFeed = indexOrEnd(text, '\n', start)
    for (;;) {
      const end = nextLineFeed < nextReturn ? nextLineFeed : nextReturn
      if (end === text.length) return start
      this.#line(text, start, end)
      start = end + 1
      if (end === nextReturn) {
        nextReturn = indexOrEnd(text, '\r', start)
        if (start === nextLineFeed) start++
      }
      if (nextLineFeed < start) nextLineFeed = indexOrEnd(text, '\n', start)
    }
  }

  /** Gives the sink the line that ends at `end` of the latest text and begins at `start`, or earlier. */
  #line(text: string, start: number, end: number): void {
    if (this.rest === '') {
      this.#deliver(text, start, end)
    } else {
      const rest = this.rest
      const head = text.slice(start, end)
      this.joinWith(start, end)
      this.rest = ''
      if (this.#sink.joinedLine !== undefined) this.#sink.joinedLine(rest, head)
      else this.#deliver(rest + head, 0, rest.length + head.length)
    }
    this.lineNumber++
  }

  #deliver(text: string, start: number, end: number): void {
    const isCut = !this.#anyNewline && end > start && text.charCodeAt(end - 1) === carriageReturn
    this.#sink.line(text, start, isCut ? end - 1 : end)
  }

  /** Keeps `text[start..]` of an unfinished line for later. */
  protected keep(text: string, start: number): void {
    if (this.rest === '') this.#restOffset = this.utf8.offsetOf(start)
    this.rest += text.slice(start)
    if (this.rest.length > this.maxLineLength) this.#checkRest(text)
  }

  #checkRest(text: string): void {
    const line = this.rest
    // One unit more may be the CR of a CRLF that is not complete.
    const mayEnd = !this.#anyNewline && line.length === this.maxLineLength + 1
    if (mayEnd && line.charCodeAt(line.length - 1) === carriageReturn) return
    this.joinWith(text.length, text.length)
    throw this.lineTooLong(line, 0, line.length)
  }

  /** The sink is given the unfinished line together with this region of the latest text. */
  protected joinWith(headStart: number, headEnd: number): void {
    this.#joined = { rest: this.rest, byteOffset: this.#restOffset, parts: this.restParts, headStart, headEnd }
  }

  #checkUtf8(): void {
    if (!this.utf8.isMalformed) return
    throw new StreamDecodeError('invalid-utf8', 'the input is not UTF-8', {
      byteOffset: this.utf8.endOffset,
      lineNumber: this.lineNumber,
      text: this.rest,
      rest: this.#undecoded(this.rest),
    })
  }

  /** What the sink has taken, or been given, and not delivered, where that is to be in the rest of an error. */
  protected heldText(): string {
    return ''
  }

  #undecoded(text: string): Uint8Array {
    return joinBytes([encoder.encode(this.heldText() + text), this.utf8.undecoded])
  }
}

/** The index of the first such character from `start` on, or the length of the text. */
function indexOrEnd(text: string, character: string, start: number): number {
  const index = text.indexOf(character, start)
  return index === -1 ? text.length : index
}
