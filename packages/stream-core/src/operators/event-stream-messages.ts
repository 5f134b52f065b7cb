import type { OperatorFunction } from 'rxjs'
import { EventStreamDecoder, type EventStreamDecoderOptions } from '../decoders/event-stream/event-stream-decoder.ts'
import type { EventStreamMessage } from '../decoders/event-stream/event-stream-message.ts'
import { decode } from './decode.ts'

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
