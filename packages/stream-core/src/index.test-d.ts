import type { Observable, OperatorFunction } from 'rxjs'
import { expectTypeOf } from 'vitest'
import { JsonSequenceDecoder, LineDecoder } from './decoders.ts'
import {
  batch,
  type Decoder,
  decode,
  type EventStreamMessage,
  eventStreamMessages,
  fromAsyncIterable,
  fromObservable,
  fromReadableStream,
  jsonValues,
  lines,
  mapConcurrent,
  ResponseStream,
  type ServerSentEvent,
  serverSentEvents,
  type StreamIterator,
} from './index.ts'

declare const bytes: ResponseStream<Uint8Array>
declare const numbers: Observable<number>
declare const numberDecoder: Decoder<string, number>

// A stream's items are those of its source, whatever kind of source it is.
expectTypeOf(ResponseStream.from(() => [1])).toEqualTypeOf<ResponseStream<number>>()
expectTypeOf(ResponseStream.from(async () => new ReadableStream<string>())).toEqualTypeOf<ResponseStream<string>>()
const generated = ResponseStream.from(async function* (signal) {
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
  yield 'text'
})
expectTypeOf(generated).toEqualTypeOf<ResponseStream<string>>()
expectTypeOf(fromAsyncIterable(() => [1])).toEqualTypeOf<ResponseStream<number>>()
expectTypeOf(fromObservable(numbers)).toEqualTypeOf<ResponseStream<number>>()
expectTypeOf(fromReadableStream(new ReadableStream<string>())).toEqualTypeOf<ResponseStream<string>>()

// Decoding keeps a ResponseStream; a pipe gives a plain Observable, which cannot be iterated.
expectTypeOf(bytes.pipeDecoder(() => new LineDecoder())).toEqualTypeOf<ResponseStream<string>>()
expectTypeOf(bytes.pipeDecoder(() => new JsonSequenceDecoder())).toEqualTypeOf<ResponseStream<unknown>>()
expectTypeOf(bytes.pipe(lines())).toEqualTypeOf<Observable<string>>()
expectTypeOf(bytes.pipe(lines())).not.toExtend<AsyncIterable<string>>()
// @ts-expect-error a line decoder takes bytes
void numbers.pipe(lines())
// @ts-expect-error a decoder of text cannot be put behind bytes
void bytes.pipeDecoder(() => numberDecoder)

expectTypeOf(bytes[Symbol.asyncIterator]()).toEqualTypeOf<StreamIterator<Uint8Array>>()
expectTypeOf<StreamIterator<string>>().toExtend<AsyncIterableIterator<string>>()
expectTypeOf(bytes.toReadableStream()).toEqualTypeOf<ReadableStream<Uint8Array>>()

// The type has no private members, so that the streams of two copies of the package can be passed for each other.
type Members<T> = { [K in keyof T]: T[K] }
expectTypeOf<Members<ResponseStream<string>>>().toExtend<ResponseStream<string>>()

expectTypeOf(serverSentEvents()).toEqualTypeOf<OperatorFunction<Uint8Array, ServerSentEvent>>()
expectTypeOf(jsonValues()).toEqualTypeOf<OperatorFunction<Uint8Array, unknown>>()
expectTypeOf(eventStreamMessages()).toEqualTypeOf<OperatorFunction<Uint8Array, EventStreamMessage>>()
expectTypeOf(decode(() => numberDecoder)).toEqualTypeOf<OperatorFunction<string, number>>()

// Flow control infers its items from the pipe, and pulls from what can be pulled from.
expectTypeOf(numbers.pipe(batch({ maxItems: 2 }))).toEqualTypeOf<Observable<readonly number[]>>()
expectTypeOf(numbers.pipe(batch({ maxBytes: 2, sizeOf: (item) => item }))).toEqualTypeOf<
  Observable<readonly number[]>
>()
expectTypeOf(batch<number>({ maxItems: 2 })([1])).toEqualTypeOf<ResponseStream<readonly number[]>>()
expectTypeOf(batch<Uint8Array>({ maxItems: 2 })(bytes)).toEqualTypeOf<ResponseStream<readonly Uint8Array[]>>()
expectTypeOf(numbers.pipe(mapConcurrent(async (item) => String(item)))).toEqualTypeOf<Observable<string>>()
expectTypeOf(
  numbers.pipe(
    batch({ maxItems: 2 }),
    mapConcurrent(async (items) => items.length),
  ),
).toEqualTypeOf<Observable<number>>()
expectTypeOf(mapConcurrent(async (item: number, index, signal) => ({ item, index, signal }))([1])).toEqualTypeOf<
  ResponseStream<{ item: number; index: number; signal: AbortSignal }>
>()
