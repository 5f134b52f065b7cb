import { type LineParts, LineScanner, type LineSink } from '../text/line-scanner.ts'
import type { TextDecodingOptions } from '../text/text-decoding-options.ts'

/** Receives lines, and the parts of lines that are not complete. */
export interface PartialLineSink extends LineSink {
  /**
   * `text[start..]` is what there is of a line that is not complete. If this returns true it has taken that part, and only what
   * comes after it is given later. Otherwise the part is kept, and offered again with what was added while it is very short:
   * a sink must know what a line is when it has seen six characters, the length of `retry:`.
   */
  partialLine(text: string, start: number): boolean
  /** What the sink has taken, or been given, and not delivered. */
  heldText(): string
  /**
   * `text[start..]` is added to an unfinished line, of which `rest` is there. What the sink returns, in order to find places in it
   * later, comes with the next part of the line, and with the line as `JoinedLine.parts`.
   */
  keepPart(parts: LineParts | undefined, rest: string, text: string, start: number): LineParts | undefined
}

/** From this length on, a sink knows what a line is. */
const decidedLength = 6

/** Cuts UTF-8 chunks into lines, and offers the sink what there is of a line as soon as it can say what the line is. */
export class PartialLineScanner extends LineScanner {
  readonly #sink: PartialLineSink

  constructor(sink: PartialLineSink, options: TextDecodingOptions) {
    super(sink, 'any', options)
    this.#sink = sink
  }

  /** No sink may wait for the chunk. */
  protected override mayGather(length: number): boolean {
    return !this.#wantsPart() && super.mayGather(length)
  }

  /** Keeps an unfinished line for later, unless the sink takes what there is of it. */
  protected override keep(text: string, start: number): void {
    if (this.#wantsPart() && this.#offer(text, start)) {
      this.rest = ''
      return
    }
    if (this.rest === '') this.restParts = undefined
    this.restParts = this.#sink.keepPart(this.restParts, this.rest, text, start)
    super.keep(text, start)
  }

  protected override heldText(): string {
    return this.#sink.heldText()
  }

  /** Whether the sink is to see what comes next also where no line ends. */
  #wantsPart(): boolean {
    return this.rest.length < decidedLength
  }

  #offer(text: string, start: number): boolean {
    if (this.rest === '') return this.#sink.partialLine(text, start)
    this.joinWith(start, text.length)
    return this.#sink.partialLine(this.rest + text.slice(start), 0)
  }
}
