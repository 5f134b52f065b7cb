/** A body as an HTTP handler gives it: a Node stream, a web stream, or all of it at once. */
export type HttpBody = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | Uint8Array | undefined

/** A body to be read once, and closed at any time. */
export interface BodyChunks {
  readonly chunks: AsyncIterator<Uint8Array, unknown>
  /** Closes the connection behind the body at once, also while a chunk is being waited for. */
  readonly destroy: () => void
}

export function bodyChunks(body: HttpBody): BodyChunks {
  if (body === undefined || body instanceof Uint8Array) return wholeBody(body ?? new Uint8Array())
  if ('getReader' in body) return webStream(body)
  const stream: Partial<NodeStream> = body as object
  // Destroying a stream in the middle is an error to the stream; here it is intended.
  stream.on?.('error', () => {})
  return { chunks: body[Symbol.asyncIterator](), destroy: () => stream.destroy?.() }
}

interface NodeStream {
  on(event: 'error', listener: () => void): unknown
  destroy(): unknown
}

function wholeBody(body: Uint8Array): BodyChunks {
  const rest = [body].values()
  return { chunks: { next: () => Promise.resolve(rest.next()) }, destroy: () => {} }
}

// Through a reader, because the stream's own iterator answers `return()` only after a pending read.
function webStream(body: ReadableStream<Uint8Array>): BodyChunks {
  const reader = body.getReader()
  return {
    chunks: { next: () => reader.read() },
    destroy: () => void reader.cancel().catch(() => {}),
  }
}
