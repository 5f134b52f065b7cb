import type { OperatorFunction } from 'rxjs'
import { EventStreamDecoder, type EventStreamDecoderOptions } from '../decoders/event-stream/event-stream-decoder.ts'
import type { EventStreamMessage } from '../decoders/event-stream/event-stream-message.ts'
import { JsonSequenceDecoder, type JsonSequenceDecoderOptions } from '../decoders/json-sequence-decoder.ts'
import { LineDecoder, type LineDecoderOptions } from '../decoders/line-decoder.ts'
import {
  type ServerSentEvent,
  ServerSentEventDecoder,
  type ServerSentEventDecoderOptions,
} from '../decoders/server-sent-event-decoder.ts'
import { decode } from './decode.ts'

/**
 * UTF-8 bytes, cut anywhere, to lines without their line ends; a `LineDecoder` per subscriber.
 *
 * A line is emitted as soon as its end is seen, an unterminated last line when the source completes. When the source
 * fails, the unfinished line is not emitted.
 */
export function lines(options?: LineDecoderOptions): OperatorFunction<Uint8Array, string> {
  return decode(() => new LineDecoder(options))
}

/**
 * UTF-8 bytes of `text/event-stream`, cut anywhere, to events; a `ServerSentEventDecoder` per subscriber.
 *
 * An event is emitted at its blank line, a last one without it when the source completes. `[DONE]` and the like are data
 * of an event as any other.
 */
export function serverSentEvents(
  options?: ServerSentEventDecoderOptions,
): OperatorFunction<Uint8Array, ServerSentEvent> {
  return decode(() => new ServerSentEventDecoder(options))
}

/**
 * UTF-8 bytes, cut anywhere, to JSON values, from the data of server-sent events, JSON lines, concatenated or
 * pretty-printed JSON or one whole document, whichever it is; a `JsonSequenceDecoder` per subscriber.
 *
 * `[DONE]` is emitted as `jsonSequenceDone`. Text that is not JSON is an error, after all values before it.
 */
export function jsonValues(options?: JsonSequenceDecoderOptions): OperatorFunction<Uint8Array, unknown> {
  return decode(() => new JsonSequenceDecoder(options))
}

/**
 * Bytes of `application/vnd.amazon.eventstream`, cut anywhere, to messages whose checksums are right; an
 * `EventStreamDecoder` per subscriber.
 *
 * Payloads may be views of the chunk they came in. A source that completes within a frame is an error.
 */
export function eventStreamMessages(
  options?: EventStreamDecoderOptions,
): OperatorFunction<Uint8Array, EventStreamMessage> {
  return decode(() => new EventStreamDecoder(options))
}
