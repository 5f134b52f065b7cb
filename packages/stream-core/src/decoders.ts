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
