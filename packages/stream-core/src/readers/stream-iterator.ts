/// <reference lib="esnext.disposable" preserve="true" />

/**
 * One run of a stream. Leaving it in any way (`return()`, `throw()`, the end of a `using` or `await using` block)
 * closes the source at once, also while `next()` is pending, and answers that `next()` with `done`.
 * Nothing is asked of the source before `next()` is called.
 */
export interface StreamIterator<T> extends AsyncIterableIterator<T>, Disposable, AsyncDisposable {
  /** The next item. Requests that are made before earlier ones are answered are answered in order. */
  next(): Promise<IteratorResult<T, undefined>>
  /** Closes the source and resolves with `value` at once. */
  return(value?: unknown): Promise<IteratorResult<T, undefined>>
  /** Closes the source, with `error` as the reason of its signal, and rejects with `error` at once. */
  throw(error?: unknown): Promise<IteratorResult<T, undefined>>
  /** The iterator itself. */
  [Symbol.asyncIterator](): StreamIterator<T>
}
