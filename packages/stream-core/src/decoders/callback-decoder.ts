import type { Decoder } from './decoder.ts'

/**
 * A `Decoder` from two callback methods: `decodeChunk` and `decodeEnd` emit values and throw where the input is bad, and this
 * class makes the four methods of the interface of them, with the rules on errors and on the end of the input.
 */
export abstract class CallbackDecoder<I, O> implements Decoder<I, O> {
  #isFlushed = false
  #failure: { readonly error: unknown } | undefined

  /** Emits the values that `chunk` completes. Called only while the decoder is neither flushed nor failed. */
  protected abstract decodeChunk(chunk: I, emit: (value: O) => void): void

  /** Emits the values that the end of the input completes. Called at most once. */
  protected abstract decodeEnd(emit: (value: O) => void): void

  /** Takes the next chunk and returns the values that it completes. */
  push(chunk: I): readonly O[] {
    return collect((emit) => this.pushEach(chunk, emit))
  }

  /** Ends the input and returns what is left in it. */
  flush(): readonly O[] {
    return collect((emit) => this.flushEach(emit))
  }

  /** Takes the next chunk and emits the values that it completes, one by one. */
  pushEach(chunk: I, emit: (value: O) => void): void {
    this.#decode(false, chunk, emit)
  }

  /** Ends the input and emits what is left in it, value by value. */
  flushEach(emit: (value: O) => void): void {
    this.#decode(true, undefined, emit)
  }

  #decode(isEnd: boolean, chunk: I | undefined, emit: (value: O) => void): void {
    if (this.#failure !== undefined) throw this.#failure.error
    if (this.#isFlushed) {
      if (isEnd) return
      throw new TypeError('push after flush: a decoder decodes one input')
    }
    this.#isFlushed = isEnd
    try {
      if (isEnd) this.decodeEnd(emit)
      else this.decodeChunk(chunk as I, emit)
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }
}

/** The values that are emitted; an error only if there are none before it, as the next call throws it again. */
function collect<O>(decode: (emit: (value: O) => void) => void): readonly O[] {
  const values: O[] = []
  try {
    decode((value) => values.push(value))
  } catch (error) {
    if (values.length === 0) throw error
  }
  return values
}
