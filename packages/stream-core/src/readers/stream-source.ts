/**
 * What a stream can be read from: an async iterable (an async generator, a Node `Readable`, the `Body` of an SDK's
 * answer), an iterable, or a web `ReadableStream`.
 */
export type StreamSource<T> = AsyncIterable<T> | Iterable<T> | ReadableStream<T>

/**
 * Opens a source for one run. The signal is aborted when the run is left early or fails, before anything else is
 * done to the source: pass it to what produces the bytes (`fetch`, an SDK call), because an async generator
 * that waits for a stalled socket can be stopped in no other way.
 */
export type OpenStreamSource<T> = (signal: AbortSignal) => StreamSource<T> | PromiseLike<StreamSource<T>>
