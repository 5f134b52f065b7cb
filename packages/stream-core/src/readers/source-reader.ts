import { onInterruption } from './on-interruption.ts'
import { interruptReader, type Reader } from './reader.ts'
import { readerOf, recipes } from './recipe.ts'
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
  /** Reads the source, where that is a stream of this package. */
  #joined: Reader<T> | undefined
  #stopListening: (() => void) | undefined
  #interrupted: ((error: unknown) => void) | undefined
  #closed = false

  /** @param itemsOf - the items that a value of the source stands for: {@link oneItem}, or those of a batch. */
  constructor(open: OpenStreamSource<S>, itemsOf: (value: S) => readonly T[]) {
    this.#open = open
    this.#itemsOf = itemsOf
  }

  // Not an async function, which would cost one more promise for each chunk.
  read(): Promise<Items<T>> {
    if (this.#closed) return Promise.resolve(undefined)
    if (this.#joined !== undefined) return this.#joined.read()
    if (this.#cursor === undefined) return this.#openCursor().then(() => this.read(), this.#fail)
    try {
      return Promise.resolve(this.#cursor.next()).then(this.#receive, this.#fail)
    } catch (error) {
      return Promise.reject<Items<T>>(error).catch(this.#fail)
    }
  }

  close(reason?: unknown): void {
    if (this.#closed) return
    this.#end(reason)
    this.#joined?.close(reason)
  }

  interrupt(error: unknown): unknown {
    if (this.#closed) return error
    this.#end(error)
    return this.#joined === undefined ? error : interruptReader(this.#joined, error)
  }

  onInterruption(listener: ((error: unknown) => void) | undefined): void {
    this.#interrupted = listener
    if (listener === undefined) this.#stopListening?.()
  }

  #end(reason: unknown): void {
    this.#closed = true
    this.#stopListening?.()
    this.#controller.abort(reason)
    this.#cursor?.release(this.#controller.signal.reason)
  }

  async #openCursor(): Promise<void> {
    const source = await this.#open(this.#controller.signal)
    const recipe = this.#itemsOf === (oneItem as unknown) ? recipes.get(source) : undefined
    if (recipe !== undefined) {
      if (this.#closed) return
      if (recipe.signal?.aborted === true) throw recipe.signal.reason
      const joined = readerOf<T>(recipe)
      this.#joined = joined
      this.#stopListening = onInterruption(joined, recipe.signal, (error) => this.#interrupted?.(error))
      return
    }
    const cursor = openSourceCursor(source)
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
