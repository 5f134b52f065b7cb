import type { Observable, OperatorFunction } from 'rxjs'
import type { Reader } from '../readers/reader.ts'
import { pipeReader, type ResponseStream } from '../response-stream/response-stream.ts'

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

/**
 * @param push - what is done with a plain Observable
 * @param createReader - what is done with everything that can be pulled from
 */
export function createStreamOperator<T, R>(
  push: OperatorFunction<T, R>,
  createReader: (source: Reader<T>) => Reader<R>,
): StreamOperator<T, R> {
  function operator(source: AsyncIterable<T> | Iterable<T>): ResponseStream<R>
  function operator(source: Observable<T>): Observable<R>
  function operator(source: AsyncIterable<T> | Iterable<T> | Observable<T>): Observable<R> {
    return isPullable(source) ? pipeReader(source, createReader) : push(source)
  }
  return operator
}

function isPullable<T>(
  source: AsyncIterable<T> | Iterable<T> | Observable<T>,
): source is AsyncIterable<T> | Iterable<T> {
  return typeof source === 'string' || Symbol.asyncIterator in source || Symbol.iterator in source
}
