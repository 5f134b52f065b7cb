import { CallbackDecoder } from '../callback-decoder.ts'
import { StreamDecodeError, type StreamDecodeErrorCode } from '../stream-decode-error.ts'
import { joinBytes } from '../../bytes/join-bytes.ts'
import { crc32 } from './crc32.ts'
import { decodeHeaders } from './event-stream-headers.ts'
import type { EventStreamHeaders, EventStreamMessage } from './event-stream-message.ts'
import { defaultMaxFrameLength, overheadLength, preludeLength } from './frame-layout.ts'

/** A frame is given this much memory at once, however little of it has arrived. */
const leastFrameRoom = 65_536
/** And then, at most, this many times as much as has arrived. */
const frameRoomFactor = 4

const nothing: Uint8Array = /* @__PURE__ */ new Uint8Array(0)

/** Options of `EventStreamDecoder`. */
export interface EventStreamDecoderOptions {
  /**
   * Longest frame accepted, in bytes with headers and checksums. Checked as soon as the length is known; memory is set aside as the
   * bytes arrive.
   *
   * @defaultValue 25,296,912 (24 MiB of payload, 128 KiB of headers, the limits of the specification)
   */
  readonly maxFrameLength?: number | undefined
}

/**
 * Decodes AWS event-stream frames (`application/vnd.amazon.eventstream`) to messages. Both checksums of each frame are checked
 * before its message is delivered.
 *
 * **Payloads are views where that saves a copy.** The payload of a frame that lies whole in one chunk is a view of that chunk:
 * it changes if the caller overwrites the chunk, and keeps the chunk's memory alive. The payload of a frame that was cut is a
 * view of separate memory. Copy it (`payload.slice()`) to be independent of either.
 *
 * **Headers are shared.** Most streams repeat one header block; it is parsed once, and messages with the same header bytes get
 * the same frozen object.
 *
 * Errors: `frame-too-long`, `bad-checksum`, `invalid-frame`, and `truncated-frame` from `flush`.
 */
export class EventStreamDecoder extends CallbackDecoder<Uint8Array, EventStreamMessage> {
  readonly #maxFrameLength: number
  /** Memory for the unfinished frame: for its prelude at first, then for as much as has arrived and more, up to all of it. */
  #frame: Uint8Array = new Uint8Array(preludeLength)
  /** Length of the unfinished frame, once its prelude is there. */
  #frameLength = 0
  /** How many bytes of `#frame` have been received. */
  #filled = 0
  #chunk: Uint8Array = nothing
  /** How many bytes of `#chunk` are decoded or in `#frame`. */
  #position = 0
  /** Offset in the input of the frame that is being decoded. */
  #frameOffset = 0
  #headerBlock: Uint8Array = nothing
  #headers: EventStreamHeaders = Object.freeze({})

  constructor(options: EventStreamDecoderOptions = {}) {
    super()
    this.#maxFrameLength = options.maxFrameLength ?? defaultMaxFrameLength
    if (!(this.#maxFrameLength >= overheadLength))
      throw new RangeError(`maxFrameLength must be at least ${overheadLength}`)
  }

  /** What `push` and `pushEach` do with a chunk. */
  protected override decodeChunk(chunk: Uint8Array, emit: (message: EventStreamMessage) => void): void {
    this.#chunk = chunk
    this.#position = 0
    while (this.#position < chunk.length) {
      const length = this.#wholeFrameLength()
      if (length > 0) {
        emit(this.#decodeFrame(chunk, this.#position, length))
        this.#position += length
        this.#frameOffset += length
      } else if (this.#gather()) {
        emit(this.#decodeFrame(this.#frame, 0, this.#filled))
        this.#frameOffset += this.#filled
        this.#frame = new Uint8Array(preludeLength)
        this.#filled = 0
      }
    }
    this.#chunk = nothing
  }

  /** What `flush` and `flushEach` do at the end of the input. */
  protected override decodeEnd(): void {
    if (this.#filled > 0) throw this.#error('truncated-frame', 'the input ends inside a frame')
  }

  /** The length of the frame that is next, if it lies whole in the chunk; otherwise 0. */
  #wholeFrameLength(): number {
    const left = this.#chunk.length - this.#position
    if (this.#filled > 0 || left < preludeLength) return 0
    const length = this.#checkPrelude(this.#chunk, this.#position)
    return length > left ? 0 : length
  }

  /** Moves bytes of the chunk to the unfinished frame until the chunk is used up or the frame is complete: then returns true. */
  #gather(): boolean {
    if (this.#filled < preludeLength) {
      this.#fill()
      if (this.#filled < preludeLength) return false
      this.#frameLength = this.#checkPrelude(this.#frame, 0)
    }
    const received = Math.min(this.#frameLength, this.#filled + this.#chunk.length - this.#position)
    if (received > this.#frame.length) this.#grow(received)
    this.#fill()
    return this.#filled === this.#frameLength
  }

  /** Makes room for `length` bytes of the frame and some more, so that copying them each time costs little over all. */
  #grow(length: number): void {
    const room = Math.max(frameRoomFactor * length, leastFrameRoom)
    const frame = new Uint8Array(Math.min(room, this.#frameLength))
    frame.set(this.#frame.subarray(0, this.#filled))
    this.#frame = frame
  }

  #fill(): void {
    const part = this.#chunk.subarray(this.#position, this.#position + this.#frame.length - this.#filled)
    this.#frame.set(part, this.#filled)
    this.#filled += part.length
    this.#position += part.length
  }

  /** The length of the frame whose prelude is at `start`. */
  #checkPrelude(bytes: Uint8Array, start: number): number {
    const length = readUint32(bytes, start)
    if (length > this.#maxFrameLength) {
      throw this.#error('frame-too-long', `a frame of ${length} bytes, the limit is ${this.#maxFrameLength}`)
    }
    if (crc32(bytes, start, start + 8) !== readUint32(bytes, start + 8)) {
      throw this.#error('bad-checksum', 'wrong checksum of a frame prelude')
    }
    if (length < overheadLength + readUint32(bytes, start + 4)) {
      throw this.#error('invalid-frame', 'a frame is shorter than its headers')
    }
    return length
  }

  #decodeFrame(bytes: Uint8Array, start: number, length: number): EventStreamMessage {
    const end = start + length - 4
    if (crc32(bytes, start, end) !== readUint32(bytes, end)) {
      throw this.#error('bad-checksum', 'wrong checksum of a frame')
    }
    const payloadStart = start + preludeLength + readUint32(bytes, start + 4)
    const headers = this.#decodeHeaders(bytes, start + preludeLength, payloadStart)
    // Not `subarray`: of a Buffer that is a Buffer, and `slice` of a Buffer does not copy.
    return { headers, payload: new Uint8Array(bytes.buffer, bytes.byteOffset + payloadStart, end - payloadStart) }
  }

  #decodeHeaders(bytes: Uint8Array, start: number, end: number): EventStreamHeaders {
    if (isEqual(this.#headerBlock, bytes, start, end)) return this.#headers
    const block = new Uint8Array(bytes.subarray(start, end))
    const headers = decodeHeaders(block)
    if (headers === undefined) throw this.#error('invalid-frame', 'a frame has malformed headers')
    this.#headerBlock = block
    this.#headers = headers
    return headers
  }

  #error(code: StreamDecodeErrorCode, message: string): StreamDecodeError {
    return new StreamDecodeError(code, message, {
      byteOffset: this.#frameOffset,
      rest: joinBytes([this.#frame.subarray(0, this.#filled), this.#chunk.subarray(this.#position)]),
      atEnd: code === 'truncated-frame',
    })
  }
}

function readUint32(bytes: Uint8Array, offset: number): number {
  const high = ((bytes[offset] as number) << 24) | ((bytes[offset + 1] as number) << 16)
  return (high | ((bytes[offset + 2] as number) << 8) | (bytes[offset + 3] as number)) >>> 0
}

function isEqual(expected: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (expected.length !== end - start) return false
  let index = 0
  while (index < expected.length && expected[index] === bytes[start + index]) index++
  return index === expected.length
}
