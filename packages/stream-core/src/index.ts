export { ResponseStream, type ResponseStreamOptions } from './response-stream/response-stream.ts'
export type { OpenStreamSource, StreamSource } from './readers/stream-source.ts'
export type { StreamIterator } from './readers/stream-iterator.ts'

export { fromAsyncIterable } from './sources/from-async-iterable.ts'
export { fromObservable, type FromObservableOptions } from './sources/from-observable.ts'
export { fromReadableStream } from './sources/from-readable-stream.ts'

export { decode } from './operators/decode.ts'
export { eventStreamMessages, jsonValues, lines, serverSentEvents } from './operators/byte-operators.ts'

export { batch } from './operators/batch.ts'
export type { BatchOptions } from './operators/batch-options.ts'
export { mapConcurrent } from './operators/map-concurrent.ts'
export type { ConcurrentProject, MapConcurrentOptions } from './operators/map-concurrent-options.ts'
export { QueueOverflowError } from './operators/queue-overflow-error.ts'
export type { StreamOperator } from './operators/stream-operator.ts'

export type { Decoder } from './decoders/decoder.ts'
export type { EventStreamDecoderOptions } from './decoders/event-stream/event-stream-decoder.ts'
export type {
  EventStreamHeader,
  EventStreamHeaders,
  EventStreamMessage,
} from './decoders/event-stream/event-stream-message.ts'
export { jsonSequenceDone } from './decoders/json/json-value-reader.ts'
export type { ByteRange, JsonSequenceObserver } from './decoders/json/json-sequence-observer.ts'
export type { JsonSequenceDecoderOptions } from './decoders/json-sequence-decoder.ts'
export type { LineDecoderOptions } from './decoders/line-decoder.ts'
export { ServerSentError } from './decoders/server-sent-error.ts'
export type { ServerSentEvent, ServerSentEventDecoderOptions } from './decoders/server-sent-event-decoder.ts'
export { StreamDecodeError } from './decoders/stream-decode-error.ts'
export type { StreamDecodeErrorCode, StreamDecodeErrorContext } from './decoders/stream-decode-error.ts'
export type { Newline } from './decoders/text/line-scanner.ts'
export type { TextDecodingOptions } from './decoders/text/text-decoding-options.ts'
