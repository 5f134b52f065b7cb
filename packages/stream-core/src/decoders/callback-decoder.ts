import type { Decoder } from './decoder.ts'

/**
 * A `Decoder` from two callback methods: `decodeChunk` and `decodeEnd` emit values and throw where the input is bad, and this
 * class makes the four methods of the interface of them, with the rules on errors and on the end of the input.
 */
export abstract class CallbackDecoder<I, O> implements Decoder<I, O> {
  #state: 'open' | 'flushed' | 'failed' = 'open'
  #failure: unknown

  /** Emits the values that `chunk` completes. Called only while the decoder is neither flushed nor failed. */
  protected abstract decodeChunk(chunk: I, emit: (value: O) => void): void

  /** Emits the values that the end of the input completes. Called at most once. */
  protected abstract decodeEnd(emit: (value: O) => void): void

  /** Takes the next chunk and returns the values that it completes. */
  push(chunk: I): readonly O[] {
    const values: O[] = []
    try {
      this.pushEach(chunk, (value) => values.push(value))
    } catch (error) {
      // The next call throws it again.
      if (values.length === 0) throw error
    }
    return values
  }

  /** Ends the input and returns what is left in it. */
  flush(): readonly O[] {
    const values: O[] = []
    try {
      this.flushEach((value) => values.push(value))
    } catch (error) {
      if (values.length === 0) throw error
    }
    return values
  }

  /** Takes the next chunk and hands over the values that it completes, one by one. */
  pushEach(chunk: I, emit: (value: O) => void): void {
    if (this.#state !== 'open') this.#refuse()
    try {
      this.decodeChunk(chunk, emit)
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  /** Ends the input and hands over what is left in it, value by value. */
  flushEach(emit: (value: O) => void): void {
    if (this.#state === 'failed') throw this.#failure
    if (this.#state === 'flushed') return
    this.#state = 'flushed'
    try {
      this.decodeEnd(emit)
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  #refuse(): never {
    if (this.#state === 'failed') throw this.#failure
    throw new TypeError('push after flush: a decoder decodes one input')
  }

  #fail(error: unknown): void {
    this.#state = 'failed'
    this.#failure = error
  }
}
