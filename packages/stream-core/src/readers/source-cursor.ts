import type { StreamSource } from './stream-source.ts'

/**
 * One pass over a source.
 */
export interface SourceCursor<T> {
  next(): PromiseLike<IteratorResult<T, unknown>> | IteratorResult<T, unknown>
  /** Releases the source without waiting for it, and ignores errors of doing so. */
  release(reason: unknown): void
}

/**
 * @throws {TypeError} if the value is not a source, or is a web stream that somebody else is reading.
 */
export function openSourceCursor<T>(source: StreamSource<T>): SourceCursor<T> {
  if (isReadableStream(source)) return readableStreamCursor(source)
  const iterator = iteratorOf(source)
  return {
    next: () => iterator.next(),
    release: () => {
      // A Node stream's own iterator answers `return()` only after a pending `next()`, which may be never.
      if (isNodeStream(source)) settleQuietly(() => source.destroy())
      settleQuietly(() => iterator.return?.())
    },
  }
}

function iteratorOf<T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> {
  const candidate = source as Partial<AsyncIterable<T> & Iterable<T>> | null | undefined
  const iterator = candidate?.[Symbol.asyncIterator]?.() ?? candidate?.[Symbol.iterator]?.()
  if (iterator === undefined) {
    throw new TypeError('A stream source must be an async iterable, an iterable or a ReadableStream.')
  }
  return iterator
}

// Read through a reader and not through the stream's own iterator: that one is missing in Safari, and its `return()`
// waits for a pending read, while `cancel()` does not.
function readableStreamCursor<T>(stream: ReadableStream<T>): SourceCursor<T> {
  const reader = stream.getReader()
  return {
    next: async () => {
      const result = await reader.read()
      if (result.done) reader.releaseLock()
      return result
    },
    release: (reason) => {
      settleQuietly(() => reader.cancel(reason))
      settleQuietly(() => reader.releaseLock())
    },
  }
}

function settleQuietly(release: () => unknown): void {
  const ignore = (): void => {}
  try {
    Promise.resolve(release()).then(ignore, ignore)
  } catch {
    // The consumer has left, so the error has no recipient.
  }
}

function isReadableStream<T>(source: StreamSource<T>): source is ReadableStream<T> {
  return typeof (source as Partial<ReadableStream<T>> | null | undefined)?.getReader === 'function'
}

interface NodeStream {
  destroy(): unknown
}

function isNodeStream(source: object): source is NodeStream {
  const { destroy, pipe } = source as { destroy?: unknown; pipe?: unknown }
  return typeof destroy === 'function' && typeof pipe === 'function'
}
