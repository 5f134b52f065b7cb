import { crc32 } from 'node:zlib'
import { encodeFrame, payloadPartFrame } from './event-stream-frame.ts'

/**
 * What is wrong with a frame: `message-checksum` and `prelude-checksum` flip a bit of that checksum; `oversized-length`
 * announces 1 GiB with a correct prelude checksum; `zero-length` announces 0 bytes; `truncated` breaks off in the middle
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
