import type { OperatorFunction } from 'rxjs'
import {
  type ServerSentEvent,
  ServerSentEventDecoder,
  type ServerSentEventDecoderOptions,
} from '../decoders/server-sent-event-decoder.ts'
import { decode } from './decode.ts'

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
