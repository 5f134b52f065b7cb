/**
 * Reads an async iterator such that waiting for it can end before it answers: with nothing, by `interrupt()`, or with the
 * reason of the signal, by its abort, which also closes the iterator. What the iterator answers later is not lost.
 */
export class InterruptibleReader<T> {
  readonly #iterator: AsyncIterator<T>
  readonly #signal: AbortSignal
  #pending: Promise<IteratorResult<T>> | undefined
  #waiting: { readonly resolve: (result: undefined) => void; readonly reject: (reason: unknown) => void } | undefined

  constructor(source: AsyncIterable<T>, signal: AbortSignal) {
    signal.throwIfAborted()
    this.#iterator = source[Symbol.asyncIterator]()
    this.#signal = signal
    signal.addEventListener('abort', this.#abort, { once: true })
  }

  /** The next result; `undefined` when interrupted. Ask again only once the last call is answered. */
  read(): Promise<IteratorResult<T> | undefined> {
    const pending = (this.#pending ??= this.#iterator.next())
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      if (this.#signal.aborted) reject(this.#signal.reason)
      pending.then((result) => {
        this.#pending = undefined
        resolve(result)
      }, reject)
    })
  }

  interrupt(): void {
    this.#waiting?.resolve(undefined)
  }

  /** Closes the iterator without waiting for it: a generator that waits for its own source answers only after that. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#abort)
    this.#iterator.return?.().then(undefined, () => {})
  }

  readonly #abort = (): void => {
    this.#waiting?.reject(this.#signal.reason)
    this.close()
  }
}
