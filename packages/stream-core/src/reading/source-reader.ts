import type { Reader } from './reader.ts'
import { openSourceCursor, type SourceCursor } from './source-cursor.ts'
import type { OpenStreamSource } from './stream-source.ts'

/** Every value of the source is an item. */
export const oneItem = <T>(value: T): readonly T[] => [value]

/** Every value of the source is a batch of items. */
export const itemsOfBatch = <T>(batch: readonly T[]): readonly T[] => batch

/**
 * Reads what a factory opens, one value of the source per request: nothing is asked of it before somebody wants it.
 *
 * Closing aborts the factory's signal first and then calls the iterator's `return()` without waiting for it, because
 * an async generator answers `return()` only after its pending `next()`, which on a stalled source is never.
 */
export class SourceReader<S, T> implements Reader<T> {
  readonly #open: OpenStreamSource<S>
  readonly #itemsOf: (value: S) => readonly T[]
  readonly #controller = new AbortController()
  #cursor: SourceCursor<S> | undefined
  #closed = false

  /** @param itemsOf - the items that a value of the source stands for: {@link oneItem}, or those of a batch. */
  constructor(open: OpenStreamSource<S>, itemsOf: (value: S) => readonly T[]) {
    this.#open = open
    this.#itemsOf = itemsOf
  }

  async read(): Promise<readonly T[] | undefined> {
    try {
      const cursor = this.#cursor ?? (await this.#openCursor())
      while (!this.#closed) {
        const result = await cursor.next()
        if (result.done === true) {
          this.#closed = true
          break
        }
        const items = this.#itemsOf(result.value)
        if (items.length > 0) return items
      }
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

  async #openCursor(): Promise<SourceCursor<S>> {
    const cursor = openSourceCursor(await this.#open(this.#controller.signal))
    this.#cursor = cursor
    // Closed while the factory was still at work: what it brings now has no other owner.
    if (this.#closed) cursor.release(this.#controller.signal.reason)
    return cursor
  }
}
