/** What a body tells of itself, in this order: chunks, then its end or its failure. Nothing after `destroy`. */
export interface BodyListener {
  readonly onChunk: (chunk: Uint8Array) => void
  readonly onEnd: () => void
  readonly onError: (error: unknown) => void
}

/** The body of a response, to be read once. It pushes its chunks, so that a chunk costs no promise, and can be paused. */
export interface Body {
  /** Starts the flow. */
  open(listener: BodyListener): void
  /** Holds the flow up; a chunk or two may still come. The server feels it through the socket's own flow control. */
  pause(): void
  resume(): void
  /** Closes the connection behind the body at once. */
  destroy(): void
}

/**
 * What an HTTP handler gives as a body: a Node stream, a web stream, any other async iterable, or all of it at once.
 */
export type HttpBody = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | Uint8Array | undefined

export function toBody(body: HttpBody): Body {
  if (body === undefined || body instanceof Uint8Array) return wholeBody(body ?? new Uint8Array())
  if ('getReader' in body) return webBody(body)
  const stream: Partial<NodeStream> = body as object
  return typeof stream.on === 'function' && typeof stream.destroy === 'function'
    ? new NodeBody(stream as NodeStream)
    : iteratedBody(body[Symbol.asyncIterator]())
}

/** The part of a Node `Readable` that is used here. */
interface NodeStream {
  on(event: 'data', listener: (chunk: Uint8Array) => void): this
  on(event: 'end' | 'close', listener: () => void): this
  on(event: 'error', listener: (error: unknown) => void): this
  pause(): unknown
  resume(): unknown
  destroy(): unknown
}

class NodeBody implements Body {
  readonly #stream: NodeStream
  #listener: BodyListener | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(stream: NodeStream) {
    this.#stream = stream
    // Listened to from the start: an 'error' event without a listener ends the program, and a later listener
    // would not hear of it.
    stream.on('error', (error) => this.#fail(error))
    stream.on('close', () => this.#fail(new Error('The connection was closed.')))
  }

  open(listener: BodyListener): void {
    if (this.#failure !== undefined) {
      listener.onError(this.#failure.error)
      return
    }
    this.#listener = listener
    this.#stream.on('end', listener.onEnd)
    this.#stream.on('data', listener.onChunk)
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  destroy(): void {
    this.#listener = undefined
    this.#stream.destroy()
  }

  #fail(error: unknown): void {
    this.#failure ??= { error }
    this.#listener?.onError(error)
  }
}

function wholeBody(body: Uint8Array): Body {
  return iteratedBody(
    (async function* () {
      yield body
    })(),
  )
}

// Through a reader, because the stream's own iterator answers `return()` only after a pending read.
function webBody(body: ReadableStream<Uint8Array>): Body {
  const reader = body.getReader()
  return iteratedBody({
    next: () => reader.read(),
    return: () => reader.cancel().then(() => ({ done: true, value: undefined })),
  })
}

/** Whatever comes chunk by chunk on request. */
export function iteratedBody(chunks: AsyncIterator<Uint8Array, unknown>): Body {
  let resume: (() => void) | undefined
  let isPaused = false
  let isDestroyed = false
  const pump = async ({ onChunk, onEnd, onError }: BodyListener): Promise<void> => {
    try {
      for (;;) {
        const next = await chunks.next()
        if (isDestroyed) return
        if (next.done === true) return onEnd()
        onChunk(next.value)
        // oxlint-disable-next-line typescript/no-unnecessary-condition -- `onChunk` may pause
        if (isPaused) await new Promise<void>((resolve) => (resume = resolve))
      }
    } catch (error) {
      if (!isDestroyed) onError(error)
    }
  }
  return {
    open: (listener) => void pump(listener),
    pause: () => void (isPaused = true),
    resume() {
      isPaused = false
      resume?.()
    },
    destroy() {
      isDestroyed = true
      resume?.()
      chunks.return?.().then(undefined, () => {})
    },
  }
}
