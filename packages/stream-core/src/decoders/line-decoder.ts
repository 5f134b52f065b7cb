import { CallbackDecoder } from './callback-decoder.ts'
import { LineScanner, type Newline } from './text/line-scanner.ts'
import type { TextDecodingOptions } from './text/text-decoding-options.ts'

/** Options of `LineDecoder`. */
export interface LineDecoderOptions extends TextDecodingOptions {
  /**
   * What ends a line: `any` is LF, CRLF or a lone CR; `lf` is LF or CRLF, and a lone CR is a character of its line, as in JSON
   * lines.
   *
   * @defaultValue `any`
   */
  readonly newline?: Newline | undefined
}

/**
 * Decodes UTF-8 bytes to lines, without their line ends. Empty lines are lines. A byte order mark at the start of the input is
 * removed, elsewhere U+FEFF is a character. A last line without a line end is delivered by `flush`; an input that ends with a
 * line end has no further, empty line.
 *
 * A line is delivered as soon as its end is seen: with a CR at the end of a chunk at once, and an LF at the start of the next
 * chunk is then part of that line end.
 *
 * Memory: a line may share the memory of the chunk it came in, so a program that keeps a few lines of a long input keeps more
 * than those lines.
 *
 * Errors: `line-too-long`; `invalid-utf8` with `fatal`.
 */
export class LineDecoder extends CallbackDecoder<Uint8Array, string> {
  readonly #scanner: LineScanner
  #emit: (line: string) => void = ignore

  constructor(options: LineDecoderOptions = {}) {
    super()
    const line = (text: string, start: number, end: number): void => {
      this.#scanner.checkLength(text, start, end)
      this.#emit(text.slice(start, end))
    }
    this.#scanner = new LineScanner({ line }, options.newline ?? 'any', options)
  }

  /** What `push` and `pushEach` do with a chunk. */
  protected override decodeChunk(chunk: Uint8Array, emit: (line: string) => void): void {
    this.#emit = emit
    this.#scanner.push(chunk)
  }

  /** What `flush` and `flushEach` do at the end of the input. */
  protected override decodeEnd(emit: (line: string) => void): void {
    this.#emit = emit
    this.#scanner.flush()
  }
}

const ignore = (): void => {}
