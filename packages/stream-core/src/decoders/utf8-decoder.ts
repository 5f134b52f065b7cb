import { CallbackDecoder } from './callback-decoder.ts'
import { StreamDecodeError } from './stream-decode-error.ts'
import type { TextDecodingOptions } from './text/text-decoding-options.ts'
import { Utf8Reader } from './text/utf8-reader.ts'

/** Options of `Utf8Decoder`. */
export type Utf8DecoderOptions = Pick<TextDecodingOptions, 'fatal'>

/**
 * Decodes UTF-8 bytes to text, chunk by chunk. Each piece of text is delivered by the chunk that completes its last character: it is
 * never empty and never ends within a character. A byte order mark at the start of the input is removed.
 *
 * Errors: `invalid-utf8` with `fatal`. Otherwise U+FFFD replaces what is not UTF-8, a character that the end of the input cuts off
 * included.
 */
export class Utf8Decoder extends CallbackDecoder<Uint8Array, string> {
  readonly #utf8: Utf8Reader

  constructor(options: Utf8DecoderOptions = {}) {
    super()
    this.#utf8 = new Utf8Reader(options.fatal ?? false)
  }

  /** What `push` and `pushEach` do with a chunk. */
  protected override decodeChunk(chunk: Uint8Array, emit: (text: string) => void): void {
    this.#emitText(this.#utf8.decode(chunk), emit)
  }

  /** What `flush` and `flushEach` do at the end of the input. */
  protected override decodeEnd(emit: (text: string) => void): void {
    this.#emitText(this.#utf8.end(), emit)
  }

  #emitText(text: string, emit: (text: string) => void): void {
    if (text !== '') emit(text)
    if (!this.#utf8.isMalformed) return
    const { endOffset: byteOffset, undecoded: rest } = this.#utf8
    throw new StreamDecodeError('invalid-utf8', 'the input is not UTF-8', { byteOffset, rest })
  }
}
