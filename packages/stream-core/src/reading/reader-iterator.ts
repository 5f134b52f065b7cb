import { onAbort } from './on-abort.ts'
import type { Reader } from './reader.ts'
import type { StreamIterator } from './stream-iterator.ts'

type Answer<T> = IteratorResult<T, undefined>

interface Request<T> {
  resolve(answer: Answer<T>): void
  reject(error: unknown): void
}

/**
 * Hands out a reader's batches item by item. A request that the current batch can answer costs no asynchronous step
 * beyond its promise; requests made before earlier ones are answered wait their turn.
 */
export class ReaderIterator<T> implements StreamIterator<T> {
  readonly #reader: Reader<T>
  readonly #signal: AbortSignal | undefined
  #stopListening: (() => void) | undefined
  #batch: readonly T[] = []
  #position = 0
  /** The request that waits for the reader. */
  #waiting: Request<T> | undefined
  /** The latest request that has no answer yet; later ones queue behind it. */
  #unanswered: Promise<Answer<T>> | undefined
  /** An abort between two requests, for the next request to report. */
  #failure: { readonly error: unknown } | undefined
  #finished = false

  constructor(reader: Reader<T>, signal: AbortSignal | undefined) {
    this.#reader = reader
    this.#signal = signal
  }

  next(): Promise<Answer<T>> {
    const previous = this.#unanswered
    if (previous === undefined && this.#position < this.#batch.length) return Promise.resolve(this.#takeItem())
    const advance = (): Promise<Answer<T>> => this.#advance()
    const answer = previous === undefined ? advance() : previous.then(advance, advance)
    const answered = (): void => {
      if (this.#unanswered === answer) this.#unanswered = undefined
    }
    this.#unanswered = answer
    answer.then(answered, answered)
    return answer
  }

  return(value?: unknown): Promise<Answer<T>> {
    this.#close()
    return Promise.resolve({ done: true, value: value as undefined })
  }

  throw(error?: unknown): Promise<Answer<T>> {
    this.#close(error)
    return Promise.reject(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  [Symbol.dispose](): void {
    this.#close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close()
  }

  #advance(): Promise<Answer<T>> {
    if (this.#position < this.#batch.length) return Promise.resolve(this.#takeItem())
    if (this.#signal !== undefined && !this.#finished && this.#stopListening === undefined) this.#listen(this.#signal)
    if (this.#failure !== undefined) {
      const { error } = this.#failure
      this.#failure = undefined
      return Promise.reject(error)
    }
    if (this.#finished) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#reader.read().then(
        (batch) => this.#receive(batch),
        (error: unknown) => this.#fail(error),
      )
    })
  }

  #takeItem(): Answer<T> {
    return { done: false, value: this.#batch[this.#position++] as T }
  }

  #receive(batch: readonly T[] | undefined): void {
    if (this.#finished) return
    if (batch === undefined) {
      this.#finish()?.resolve({ done: true, value: undefined })
      return
    }
    const request = this.#waiting
    this.#waiting = undefined
    this.#batch = batch
    this.#position = 0
    request?.resolve(this.#takeItem())
  }

  #fail(error: unknown): void {
    if (this.#finished) return
    const request = this.#finish()
    if (request === undefined) this.#failure = { error }
    else request.reject(error)
  }

  /** The consumer has left: closes the source and answers a request that is still waiting for it. */
  #close(reason?: unknown): void {
    this.#failure = undefined
    if (this.#finished) return
    this.#reader.close(reason)
    this.#finish()?.resolve({ done: true, value: undefined })
  }

  #finish(): Request<T> | undefined {
    const request = this.#waiting
    this.#waiting = undefined
    this.#batch = []
    this.#position = 0
    this.#finished = true
    this.#stopListening?.()
    return request
  }

  #listen(signal: AbortSignal): void {
    this.#stopListening = onAbort(signal, (reason) => {
      this.#reader.close(reason)
      this.#fail(reason)
    })
  }
}
