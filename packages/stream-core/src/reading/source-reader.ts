import type { Reader } from './reader.ts'
import { openSourceCursor, type SourceCursor } from './source-cursor.ts'
import type { OpenStreamSource } from './stream-source.ts'

/**
 * Reads what a factory opens, one item per request: nothing is asked of the source before somebody wants it.
 *
 * Closing aborts the factory's signal first and then calls the iterator's `return()` without waiting for it, because
 * an async generator answers `return()` only after its pending `next()`, which on a stalled source is never.
 */
export class SourceReader<T> implements Reader<T> {
  readonly #open: OpenStreamSource<T>
  readonly #controller = new AbortController()
  #cursor: SourceCursor<T> | undefined
  #closed = false

  constructor(open: OpenStreamSource<T>) {
    this.#open = open
  }

  async read(): Promise<readonly T[] | undefined> {
    try {
      const cursor = this.#cursor ?? (await this.#openCursor())
      if (this.#closed) return undefined
      const result = await cursor.next()
      if (result.done !== true) return [result.value]
      this.#closed = true
      return undefined
    } catch (error) {
      // An iterator that threw is finished by its protocol and gets no `return()`; what hangs on the signal still goes.
      this.#cursor = undefined
      this.close(error)
      throw error
    }
  }

  close(reason?: unknown): void {
    if (this.#closed) return
    this.#closed = true
    this.#controller.abort(reason)
    this.#cursor?.release(this.#controller.signal.reason)
  }

  async #openCursor(): Promise<SourceCursor<T>> {
    const cursor = openSourceCursor(await this.#open(this.#controller.signal))
    this.#cursor = cursor
    // Closed while the factory was still at work: what it brings now has no other owner.
    if (this.#closed) cursor.release(this.#controller.signal.reason)
    return cursor
  }
}
