import type { Reader } from './reader.ts'
import { openSourceCursor, type SourceCursor } from './source-cursor.ts'
import type { OpenStreamSource } from './stream-source.ts'

/** Items of the source, `undefined` at its end. */
type Items<T> = readonly T[] | undefined

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

  // Not an async function, which would cost one more promise for each chunk.
  read(): Promise<Items<T>> {
    if (this.#closed) return Promise.resolve(undefined)
    if (this.#cursor === undefined) return this.#openCursor().then(() => this.read(), this.#fail)
    try {
      return Promise.resolve(this.#cursor.next()).then(this.#receive, this.#fail)
    } catch (error) {
      return Promise.reject<Items<T>>(error).catch(this.#fail)
    }
  }

  close(reason?: unknown): void {
    if (this.#closed) return
    this.#closed = true
    this.#controller.abort(reason)
    this.#cursor?.release(this.#controller.signal.reason)
  }

  async #openCursor(): Promise<void> {
    const cursor = openSourceCursor(await this.#open(this.#controller.signal))
    this.#cursor = cursor
    // Closed while the factory was still at work: what it brings now has no other owner.
    if (this.#closed) cursor.release(this.#controller.signal.reason)
  }

  readonly #receive = (result: IteratorResult<S, unknown>): Items<T> => {
    if (result.done !== true && !this.#closed) return this.#itemsOf(result.value)
    this.#closed = true
    return undefined
  }

  readonly #fail = (error: unknown): never => {
    // An iterator that threw is finished by its protocol and gets no `return()`; what hangs on the signal still goes.
    this.#cursor = undefined
    this.close(error)
    throw error
  }
}
