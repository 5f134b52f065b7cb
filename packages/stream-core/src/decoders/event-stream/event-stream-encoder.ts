import { CallbackDecoder } from '../callback-decoder.ts'
import { crc32 } from './crc32.ts'
import { encodeHeaders } from './event-stream-headers.ts'
import type { EventStreamMessage } from './event-stream-message.ts'
import { overheadLength, preludeLength } from './frame-layout.ts'

/**
 * Encodes messages as frames of `application/vnd.amazon.eventstream`, checksums included: the inverse of `EventStreamDecoder`.
 * It has the interface of a decoder from messages to frames, one frame per message; `encode` does the same for one message.
 */
export class EventStreamEncoder extends CallbackDecoder<EventStreamMessage, Uint8Array> {
  /**
   * The frame of one message, in its own memory.
   *
   * @throws {RangeError} when a header does not fit the format: name empty or over 255 bytes, text or binary value over 65535
   * bytes, number outside its type, malformed UUID.
   */
  encode(message: EventStreamMessage): Uint8Array {
    const headers = encodeHeaders(message.headers)
    const length = overheadLength + headers.length + message.payload.length
    const frame = new Uint8Array(length)
    const view = new DataView(frame.buffer)
    view.setUint32(0, length)
    view.setUint32(4, headers.length)
    view.setUint32(8, crc32(frame, 0, 8))
    frame.set(headers, preludeLength)
    frame.set(message.payload, preludeLength + headers.length)
    view.setUint32(length - 4, crc32(frame, 0, length - 4))
    return frame
  }

  /** What `push` and `pushEach` do with a chunk. */
  protected override decodeChunk(message: EventStreamMessage, emit: (frame: Uint8Array) => void): void {
    emit(this.encode(message))
  }

  /** What `flush` and `flushEach` do at the end of the input. */
  protected override decodeEnd(): void {}
}
