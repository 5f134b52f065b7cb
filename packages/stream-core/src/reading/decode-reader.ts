import type { Decoder } from '../decoders/decoder.ts'
import { flushEach, pushEach } from './decode-each.ts'
import type { Reader } from './reader.ts'

/**
 * Decodes what another reader hands out. Asks it for more only when everything decoded so far has been taken.
 * A failing decoder closes the source at once; what it had decoded before is handed out first, then the error.
 */
export class DecodeReader<I, O> implements Reader<O> {
  readonly #reader: Reader<I>
  readonly #createDecoder: () => Decoder<I, O>
  #decoder: Decoder<I, O> | undefined
  #failure: { readonly error: unknown } | undefined
  #closed = false

  constructor(reader: Reader<I>, createDecoder: () => Decoder<I, O>) {
    this.#reader = reader
    this.#createDecoder = createDecoder
  }

  async read(): Promise<readonly O[] | undefined> {
    while (this.#failure === undefined && !this.#closed) {
      const values = this.#decode(await this.#reader.read())
      if (values.length > 0) return values
    }
    if (this.#failure !== undefined) throw this.#failure.error
    return undefined
  }

  close(reason?: unknown): void {
    this.#closed = true
    this.#reader.close(reason)
  }

  #decode(chunks: readonly I[] | undefined): readonly O[] {
    const values: O[] = []
    const collect = (value: O): void => {
      values.push(value)
    }
    try {
      const decoder = (this.#decoder ??= this.#createDecoder())
      if (chunks === undefined) {
        this.#closed = true
        flushEach(decoder, collect)
      } else {
        for (const chunk of chunks) pushEach(decoder, chunk, collect)
      }
    } catch (error) {
      this.#failure = { error }
      this.#reader.close(error)
    }
    return values
  }
}
