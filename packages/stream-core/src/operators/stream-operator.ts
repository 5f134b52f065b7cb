import type { Observable } from 'rxjs'
import type { Reader } from '../readers/reader.ts'
import { pipeReader, type ResponseStream } from '../response-stream/response-stream.ts'
import { createOperator } from './create-operator.ts'
import type { CreateCore } from './operator-core.ts'
import { OperatorReader } from './operator-reader.ts'

/**
 * An operator that controls the flow of a stream. In `pipe` it is an ordinary RxJS operator. Called with an iterable, an
 * async iterable or a ResponseStream, it pulls from it, only as far as its own bounds let it, and gives a ResponseStream,
 * so that back-pressure goes through. (A ResponseStream is pulled in `pipe` as well.)
 */
export interface StreamOperator<T, R> {
  /** Pulls: the source is asked for an item only when there is a place for it. */
  (source: AsyncIterable<T> | Iterable<T>): ResponseStream<R>
  /** Takes what the source pushes. */
  (source: Observable<T>): Observable<R>
}

/** The operator of a core, which is made anew for each run. */
export function createStreamOperator<T, R>(createCore: CreateCore<T, R>): StreamOperator<T, R> {
  const push = createOperator<T, R>((destination, upstream) =>
    createCore(destination, {
      isPushed: true,
      isAwaited: () => true,
      untakenResults: () => 0,
      requestItems: () => {},
      closeSource: () => upstream.unsubscribe(),
    }),
  )
  function operator(source: AsyncIterable<T> | Iterable<T>): ResponseStream<R>
  function operator(source: Observable<T>): Observable<R>
  function operator(source: AsyncIterable<T> | Iterable<T> | Observable<T>): Observable<R> {
    return isPullable(source)
      ? pipeReader(source, (reader: Reader<T>) => new OperatorReader(reader, createCore))
      : push(source)
  }
  return operator
}

function isPullable<T>(
  source: AsyncIterable<T> | Iterable<T> | Observable<T>,
): source is AsyncIterable<T> | Iterable<T> {
  return typeof source === 'string' || Symbol.asyncIterator in source || Symbol.iterator in source
}
