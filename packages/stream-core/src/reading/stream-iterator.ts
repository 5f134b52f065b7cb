/// <reference lib="esnext.disposable" preserve="true" />

/**
 * One run of a stream. Leaving it in any way (`return()`, `throw()`, the end of a `using` or `await using` block)
 * closes the source at once, also while `next()` is pending, and answers that `next()` with `done`.
 * Nothing is asked of the source before `next()` is called.
 */
export interface StreamIterator<T> extends AsyncIterableIterator<T>, Disposable, AsyncDisposable {
  next(): Promise<IteratorResult<T, undefined>>
  return(value?: unknown): Promise<IteratorResult<T, undefined>>
  throw(error?: unknown): Promise<IteratorResult<T, undefined>>
  [Symbol.asyncIterator](): StreamIterator<T>
}
