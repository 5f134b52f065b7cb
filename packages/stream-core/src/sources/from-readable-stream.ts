import { ResponseStream, type ResponseStreamOptions } from '../response-stream/response-stream.ts'

/**
 * A stream from a web `ReadableStream`, which can be read only once: a second run fails with a `TypeError`. For more
 * runs give {@link fromAsyncIterable} a factory, e.g. `(signal) => fetch(url, { signal }).then((answer) => answer.body!)`.
 *
 * The web stream is locked by the run and cancelled as soon as the run is left, also while a read is pending.
 */
export function fromReadableStream<T>(stream: ReadableStream<T>, options?: ResponseStreamOptions): ResponseStream<T> {
  const take = singleUse(
    stream,
    'This ReadableStream was read by an earlier run: use fromAsyncIterable with a factory.',
  )
  return ResponseStream.from(take, options)
}

/**
 * Guards a source that can be read only once, so that a second run is an error and not an answer without content.
 */
function singleUse<S>(source: S, message: string): () => S {
  let used = false
  return () => {
    if (used) throw new TypeError(message)
    used = true
    return source
  }
}
