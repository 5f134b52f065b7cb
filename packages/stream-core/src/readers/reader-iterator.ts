import { onInterruption } from './on-interruption.ts'
import type { Reader } from './reader.ts'
import type { StreamIterator } from './stream-iterator.ts'

type Answer<T> = IteratorResult<T, undefined>

interface Request<T> {
  readonly resolve: (answer: Answer<T>) => void
  readonly reject: (error: unknown) => void
}

const empty: readonly never[] = []

/**
 * Delivers a reader's batches item by item. A request that the current batch can answer costs no asynchronous step
 * beyond its promise; requests made before earlier ones are answered wait their turn.
 */
export class ReaderIterator<T> implements StreamIterator<T> {
  readonly #reader: Reader<T>
  readonly #signal: AbortSignal | undefined
  #stopListening: (() => void) | undefined
  #batch: readonly T[] = empty
  #position = 0
  /** The request that waits for the reader. */
  #waiting: Request<T> | undefined
  /** The answer that it waits for. */
  #answer: Promise<Answer<T>> | undefined
  /** The latest of the requests that were made too early, behind the one that waits. */
  #last: Promise<Answer<T>> | undefined
  /** An abort between two requests, for the next request to report. */
  #failure: { readonly error: unknown } | undefined
  #finished = false

  constructor(reader: Reader<T>, signal: AbortSignal | undefined) {
    this.#reader = reader
    this.#signal = signal
  }

  next(): Promise<Answer<T>> {
    const previous = this.#last ?? this.#answer
    return previous === undefined ? this.#advance() : this.#queue(previous)
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
    if (this.#stopListening === undefined && !this.#finished) this.#listen()
    if (this.#failure !== undefined) {
      const { error } = this.#failure
      this.#failure = undefined
      const answer = Promise.reject<Answer<T>>(error)
      answer.catch(ignore)
      return answer
    }
    if (this.#finished) return Promise.resolve({ done: true, value: undefined })
    const answer = new Promise<Answer<T>>((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
    this.#answer = answer
    this.#read()
    return answer
  }

  #read(): void {
    // While it waits, a stream holds nothing that its consumer has had.
    this.#batch = empty
    this.#position = 0
    this.#reader.read().then(this.#receive, this.#fail)
  }

  /** Keeps the order. Only requests that are made too early cost more than their own promise. */
  #queue(previous: Promise<Answer<T>>): Promise<Answer<T>> {
    const advance = (): Promise<Answer<T>> => this.#advance()
    const answer = previous.then(advance, advance)
    const answered = (): void => {
      if (this.#last === answer) this.#last = undefined
    }
    this.#last = answer
    answer.then(answered, answered)
    return answer
  }

  #takeItem(): Answer<T> {
    return { done: false, value: this.#batch[this.#position++] as T }
  }

  readonly #receive = (batch: readonly T[] | undefined): void => {
    if (this.#finished) return
    if (batch === undefined) {
      this.#finish()?.resolve({ done: true, value: undefined })
      return
    }
    if (batch.length === 0) {
      this.#read()
      return
    }
    this.#batch = batch
    this.#position = 0
    this.#takeRequest()?.resolve(this.#takeItem())
  }

  readonly #fail = (reason: unknown): void => {
    if (this.#finished) return
    void this.#answer?.catch(ignore)
    const request = this.#finish()
    this.#reader.close(reason)
    if (request === undefined) this.#failure = { error: reason }
    else request.reject(reason)
  }

  /** The consumer has left: closes the source and answers a request that is still waiting for it. */
  #close(reason?: unknown): void {
    this.#failure = undefined
    if (this.#finished) return
    this.#reader.close(reason)
    this.#finish()?.resolve({ done: true, value: undefined })
  }

  #finish(): Request<T> | undefined {
    this.#batch = empty
    this.#position = 0
    this.#finished = true
    this.#stopListening?.()
    forgotten.unregister(this)
    return this.#takeRequest()
  }

  /** The request that waits, which is answered now. */
  #takeRequest(): Request<T> | undefined {
    const request = this.#waiting
    this.#waiting = undefined
    this.#answer = undefined
    return request
  }

  /** The signal must not keep an iterator alive that its consumer has forgotten. */
  #listen(): void {
    const iterator = new WeakRef(this)
    forgotten.register(this, this.#reader, this)
    this.#stopListening = () => {}
    const stopListening = onInterruption(this.#reader, this.#signal, (error) => {
      const living = iterator.deref()
      if (living !== undefined) living.#fail(error)
    })
    if (this.#finished) stopListening()
    else this.#stopListening = stopListening
  }
}

/** Closes the sources of iterators that were garbage-collected before their end. */
const forgotten = new FinalizationRegistry<Reader<unknown>>((reader) => reader.close())

/** Without a handler, a rejection that no caller awaits would end the process. */
const ignore = (): void => {}
