import { StreamDecodeError } from '../stream-decode-error.ts'
import { concat } from './concat.ts'
import { SmallChunks } from './small-chunks.ts'
import { defaultMaxLineLength, type TextDecodingOptions } from './text-decoding-options.ts'
import { Utf8Reader } from './utf8-reader.ts'

/** Receives the lines of a `LineScanner` in place, as regions of a longer text, so that nothing is sliced that is not wanted. */
export interface LineSink {
  /** The line `text[start..end)`, without its line end. */
  line(text: string, start: number, end: number): void
  /**
   * Takes all complete lines of a text without CR, from `start` on, and returns the end of the last one. For speed alone: lines
   * come through `line` otherwise. It counts the lines that it takes in `lineNumber` of the scanner.
   */
  lines?(text: string, start: number): number
  /**
   * A line that came in two texts, for a sink that can do without looking into the whole of it: concatenation makes a rope, and
   * the first look into a rope copies it. Lines come through `line` otherwise.
   */
  joinedLine?(rest: string, head: string): void
  /**
   * `text[start..]` is what there is of a line that is not complete. If this returns true it has taken that part, and only what
   * comes after it is given later. Otherwise the part is kept, and offered again with what was added while it is very short:
   * a sink must know what a line is when it has seen six characters, the length of `retry:`.
   */
  partialLine?(text: string, start: number): boolean
  /** What the sink has taken, or been given, and not delivered. */
  heldText?(): string
}

/** Which characters end a line: with `any` LF, CRLF and a lone CR; with `lf` LF and CRLF, a lone CR is a character like others. */
export type Newline = 'any' | 'lf'

/** A place in the input: byte offset from 0, line number from 1. */
export interface Place {
  readonly byteOffset: number
  readonly lineNumber: number
}

const lineFeed = 10
const carriageReturn = 13

/** From this length on, a sink knows what a line is. */
const decidedLength = 6

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/**
 * Cuts UTF-8 chunks into lines. Each chunk is decoded once and searched once. An unfinished line is kept as a string that grows
 * by concatenation, a rope in every engine, and is never searched again: the cost is linear in the input however it is cut.
 */
export class LineScanner {
  readonly maxLineLength: number
  readonly #sink: LineSink
  readonly #anyNewline: boolean
  readonly #utf8: Utf8Reader
  readonly #smallChunks: SmallChunks
  /** Line of the input, from 1, that the sink is given. */
  lineNumber = 1
  /** What there is of an unfinished line. */
  #rest = ''
  /** Byte offset of the line that `#rest` begins. */
  #restOffset = 0
  /** A CR ended the last text: an LF at the start of the next one belongs to it. */
  #skipLineFeed = false
  #text = ''
  /** Where in `#text` the line ends that the sink has been given. */
  #lineEnd = 0
  /** Whether that line began in an earlier text. */
  #isJoined = false

  constructor(sink: LineSink, newline: Newline, options: TextDecodingOptions) {
    this.#sink = sink
    this.#anyNewline = newline === 'any'
    this.maxLineLength = options.maxLineLength ?? defaultMaxLineLength
    if (!(this.maxLineLength >= 1)) throw new RangeError('maxLineLength must be at least 1')
    this.#utf8 = new Utf8Reader(options.fatal ?? false)
    this.#smallChunks = new SmallChunks(this.#anyNewline)
  }

  push(chunk: Uint8Array): void {
    const small = this.#smallChunks
    if (small.hasRoomFor(chunk) && this.#mayGather()) {
      if (small.add(chunk)) this.#decode(small.take())
    } else {
      if (!small.isEmpty) this.#decode(small.take())
      this.#decode(chunk)
    }
  }

  flush(): void {
    if (!this.#smallChunks.isEmpty) this.#decode(this.#smallChunks.take())
    this.#scan(this.#utf8.end())
    this.#checkUtf8()
    this.#isJoined = true
    this.#lineEnd = this.#text.length
    const line = this.#rest
    this.#rest = ''
    if (line !== '') this.#sink.line(line, 0, line.length)
  }

  /** Throws if the line that the sink has been given is too long. */
  checkLength(text: string, start: number, end: number): void {
    if (end - start > this.maxLineLength) throw this.lineTooLong(text, start, end)
  }

  lineTooLong(text: string, start: number, end: number): StreamDecodeError {
    return new StreamDecodeError('line-too-long', `a line is longer than ${this.maxLineLength}`, {
      ...this.placeOf(text, start),
      text: text.slice(start, end),
      rest: this.restFrom(text, start),
    })
  }

  /** Where in the input `text[index]` is, for a text that the sink has been given. For `index` see `Utf8Reader.offsetOf`. */
  placeOf(text: string, index: number): Place {
    const byteOffset = this.#isJoined
      ? this.#restOffset + encoder.encode(text.slice(0, index)).length
      : this.#utf8.offsetOf(index)
    return { byteOffset, lineNumber: this.lineNumber }
  }

  /** What the sink holds, and all input received from `text[index]` on, for a text that the sink has been given. */
  restFrom(text: string, index: number): Uint8Array {
    const later = this.#isJoined ? this.#text.slice(this.#lineEnd) : ''
    return this.#undecoded(text.slice(index) + later)
  }

  #mayGather(): boolean {
    // A sink for partial lines must see them at once, save for what continues a line that it has declined.
    return this.#sink.partialLine === undefined || this.#rest.length >= decidedLength
  }

  #decode(bytes: Uint8Array): void {
    this.#scan(this.#utf8.decode(bytes))
    this.#checkUtf8()
  }

  #scan(text: string): void {
    if (text === '') return
    this.#text = text
    const start = this.#skipLineFeed && text.charCodeAt(0) === lineFeed ? 1 : 0
    const firstReturn = text.indexOf('\r', start)
    this.#skipLineFeed = firstReturn !== -1 && this.#anyNewline && text.charCodeAt(text.length - 1) === carriageReturn
    const end =
      firstReturn === -1
        ? this.#scanPlain(text, start)
        : this.#scanMixed(text, start, this.#anyNewline ? firstReturn : -1)
    if (end < text.length) this.#keep(text, end)
  }

  /** Scans a text without CR, as nearly all are; returns the end of the last line. */
  #scanPlain(text: string, start: number): number {
    let position = start
    if (this.#rest !== '') {
      const end = text.indexOf('\n', position)
      if (end === -1) return position
      this.#line(position, end)
      position = end + 1
    }
    this.#isJoined = false
    return this.#sink.lines?.(text, position) ?? this.#scanMixed(text, position, -1)
  }

  /** Scans a text in which the first CR that ends a line is at `firstReturn`, if any does; returns the end of the last line. */
  #scanMixed(text: string, start: number, firstReturn: number): number {
    let position = start
    let nextReturn = firstReturn
    let nextLineFeed = text.indexOf('\n', position)
    while (nextLineFeed !== -1 || nextReturn !== -1) {
      if (nextReturn === -1 || (nextLineFeed !== -1 && nextLineFeed < nextReturn)) {
        this.#line(position, nextLineFeed)
        position = nextLineFeed + 1
        nextLineFeed = text.indexOf('\n', position)
      } else {
        this.#line(position, nextReturn)
        position = nextReturn + 1
        nextReturn = text.indexOf('\r', position)
        if (position === nextLineFeed) nextLineFeed = text.indexOf('\n', ++position)
      }
    }
    return position
  }

  /** Gives the sink the line that ends at `end` of the latest text and begins at `start`, or earlier. */
  #line(start: number, end: number): void {
    const rest = this.#rest
    this.#isJoined = rest !== ''
    this.#lineEnd = end
    this.#rest = ''
    if (rest === '') {
      this.#deliver(this.#text, start, end)
    } else {
      const head = this.#text.slice(start, end)
      if (this.#sink.joinedLine !== undefined) this.#sink.joinedLine(rest, head)
      else this.#deliver(rest + head, 0, rest.length + head.length)
    }
    this.lineNumber++
  }

  #deliver(text: string, start: number, end: number): void {
    const isCut = !this.#anyNewline && end > start && text.charCodeAt(end - 1) === carriageReturn
    this.#sink.line(text, start, isCut ? end - 1 : end)
  }

  /** Keeps an unfinished line for later, unless the sink takes what there is of it. */
  #keep(text: string, start: number): void {
    if (this.#offer(text, start)) {
      this.#rest = ''
    } else if (this.#rest === '') {
      this.#restOffset = this.#utf8.offsetOf(start)
      this.#rest = text.slice(start)
    } else {
      this.#rest += text
    }
    if (this.#rest.length > this.maxLineLength) this.#checkRest(this.#rest)
  }

  #offer(text: string, start: number): boolean {
    const rest = this.#rest
    if (this.#sink.partialLine === undefined || rest.length >= decidedLength) return false
    this.#isJoined = rest !== ''
    this.#lineEnd = text.length
    return rest === '' ? this.#sink.partialLine(text, start) : this.#sink.partialLine(rest + text, 0)
  }

  #checkRest(line: string): void {
    // One unit more may be the CR of a CRLF that is not complete.
    const mayEnd = !this.#anyNewline && line.length === this.maxLineLength + 1
    if (mayEnd && line.charCodeAt(line.length - 1) === carriageReturn) return
    this.#isJoined = true
    this.#lineEnd = this.#text.length
    throw this.lineTooLong(line, 0, line.length)
  }

  #checkUtf8(): void {
    if (!this.#utf8.isMalformed) return
    throw new StreamDecodeError('invalid-utf8', 'the input is not UTF-8', {
      byteOffset: this.#utf8.endOffset,
      lineNumber: this.lineNumber,
      text: this.#rest,
      rest: this.#undecoded(this.#rest),
    })
  }

  #undecoded(text: string): Uint8Array {
    return concat(encoder.encode((this.#sink.heldText?.() ?? '') + text), this.#utf8.undecoded)
  }
}
