import type { OperatorFunction } from 'rxjs'
import { JsonSequenceDecoder, type JsonSequenceDecoderOptions } from '../decoders/json-sequence-decoder.ts'
import { decode } from './decode.ts'

/**
 * UTF-8 bytes, cut anywhere, to JSON values, from the data of server-sent events, JSON lines, concatenated or
 * pretty-printed JSON or one whole document, whichever it is; a `JsonSequenceDecoder` per subscriber.
 *
 * `[DONE]` is emitted as `jsonSequenceDone`. Text that is not JSON is an error, after all values before it.
 */
export function jsonValues(options?: JsonSequenceDecoderOptions): OperatorFunction<Uint8Array, unknown> {
  return decode(() => new JsonSequenceDecoder(options))
}
