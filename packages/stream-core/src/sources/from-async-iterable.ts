import type { OpenStreamSource } from '../readers/stream-source.ts'
import { ResponseStream, type ResponseStreamOptions } from '../response-stream/response-stream.ts'

/**
 * A stream from a factory of async iterables, iterables or web streams; {@link ResponseStream.from} under the name that
 * belongs beside RxJS's `from`. Unlike `from(asyncIterable)` it closes the source also while `next()` is pending, can
 * be subscribed to more than once, and can be pulled with `for await`.
 *
 * A Node `Readable` is an async iterable; it is destroyed as soon as the run is left:
 * `fromAsyncIterable(() => createReadStream(path))`.
 */
export function fromAsyncIterable<T>(open: OpenStreamSource<T>, options?: ResponseStreamOptions): ResponseStream<T> {
  return ResponseStream.from(open, options)
}
