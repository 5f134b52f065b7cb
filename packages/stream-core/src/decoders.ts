export { CallbackDecoder } from './decoders/callback-decoder.ts'
export type { Decoder } from './decoders/decoder.ts'
export { EventStreamDecoder } from './decoders/event-stream/event-stream-decoder.ts'
export type { EventStreamDecoderOptions } from './decoders/event-stream/event-stream-decoder.ts'
export { EventStreamEncoder } from './decoders/event-stream/event-stream-encoder.ts'
export type {
  EventStreamHeader,
  EventStreamHeaders,
  EventStreamMessage,
} from './decoders/event-stream/event-stream-message.ts'
export { StreamDecodeError } from './decoders/stream-decode-error.ts'
export type { StreamDecodeErrorCode, StreamDecodeErrorContext } from './decoders/stream-decode-error.ts'
export { JsonSequenceDecoder } from './decoders/json-sequence-decoder.ts'
export type { JsonSequenceDecoderOptions } from './decoders/json-sequence-decoder.ts'
export { jsonSequenceDone } from './decoders/json/json-sequence-done.ts'
export { LineDecoder } from './decoders/line-decoder.ts'
export type { LineDecoderOptions } from './decoders/line-decoder.ts'
export { ServerSentEventDecoder } from './decoders/server-sent-event-decoder.ts'
export type { ServerSentEvent, ServerSentEventDecoderOptions } from './decoders/server-sent-event-decoder.ts'
export type { Newline } from './decoders/text/line-scanner.ts'
export type { TextDecoderOptions } from './decoders/text/text-decoder-options.ts'
export { decodeAsyncIterable } from './reading/decode-async-iterable.ts'
export type { StreamIterator } from './reading/stream-iterator.ts'
export type { StreamSource } from './reading/stream-source.ts'
