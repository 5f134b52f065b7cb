import { EventStreamEncoder } from '@x/stream-core/decoders'
import { crc32 } from 'node:zlib'
import { toBytes, type BytesLike } from './bytes.ts'

/** A message of `application/vnd.amazon.eventstream`; header values are sent with the string type. */
export interface EventStreamFrame {
  /** Header values by name; all are sent as strings. */
  readonly headers: Readonly<Record<string, string>>
  /** Text is sent as UTF-8; empty if absent. */
  readonly payload?: BytesLike | undefined
}

const encoder = new EventStreamEncoder()
const payloadPartHeaders = {
  ':event-type': 'PayloadPart',
  ':content-type': 'application/octet-stream',
  ':message-type': 'event',
}

export function encodeFrame(frame: EventStreamFrame): Uint8Array {
  const headers = Object.entries(frame.headers).map(
    ([name, value]) => [name, { type: 'string' as const, value }] as const,
  )
  return encoder.encode({ headers: Object.fromEntries(headers), payload: toBytes(frame.payload ?? '') })
}

/** Encodes a slice of the container's answer as a `PayloadPart` frame. */
export function payloadPartFrame(bytes: Uint8Array): Uint8Array {
  return encodeFrame({ headers: payloadPartHeaders, payload: bytes })
}

export function exceptionFrame(name: string, members: Readonly<Record<string, unknown>>): Uint8Array {
  return encodeFrame({
    headers: { ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' },
    payload: JSON.stringify(members),
  })
}

/**
 * A kind of damage to a frame: `message-checksum` and `prelude-checksum` flip a bit of that checksum; `oversized-length`
 * announces 1 GiB with a correct prelude checksum; `zero-length` announces 0 bytes; `truncated` ends in the middle
 * of the frame; `no-message-type` leaves out the `:message-type` header.
 */
export type FrameDamage =
  | 'message-checksum'
  | 'prelude-checksum'
  | 'oversized-length'
  | 'zero-length'
  | 'truncated'
  | 'no-message-type'

const preludeChecksumOffset = 8
const oversizedLength = 2 ** 30

export function damagedFrame(damage: FrameDamage, payload: Uint8Array): Uint8Array {
  const bytes = payloadPartFrame(payload).slice()
  const view = new DataView(bytes.buffer)
  switch (damage) {
    case 'message-checksum':
      flipBit(bytes, bytes.length - 1)
      return bytes
    case 'prelude-checksum':
      flipBit(bytes, preludeChecksumOffset)
      return bytes
    case 'oversized-length':
      view.setUint32(0, oversizedLength)
      // A correct checksum, so that only a limit on the length can catch it.
      view.setUint32(preludeChecksumOffset, crc32(bytes.subarray(0, preludeChecksumOffset)))
      return bytes
    case 'zero-length':
      view.setUint32(0, 0)
      return bytes
    case 'truncated':
      return bytes.subarray(0, Math.ceil(bytes.length / 2))
    case 'no-message-type':
      return encodeFrame({ headers: { ':event-type': 'PayloadPart' }, payload })
  }
}

function flipBit(bytes: Uint8Array, offset: number): void {
  bytes[offset] = (bytes[offset] ?? 0) ^ 1
}
