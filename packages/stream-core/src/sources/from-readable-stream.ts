import { ResponseStream, type ResponseStreamOptions } from '../response-stream/response-stream.ts'
import { singleUse } from './single-use.ts'

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
