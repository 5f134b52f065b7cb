import type { OperatorFunction } from 'rxjs'
import { LineDecoder, type LineDecoderOptions } from '../decoders/line-decoder.ts'
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
