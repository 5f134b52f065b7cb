import { EventStreamCodec } from '@smithy/core/event-streams'

/** A frame as the SDK's own codec reads it, with plain header values. */
export interface DecodedFrame {
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

const codec = new EventStreamCodec(
  (bytes) => new TextDecoder().decode(bytes as Uint8Array),
  (text) => new TextEncoder().encode(text),
)

/** Decodes the bytes of a stream with the SDK's codec, which checks both checksums of each frame. */
export function decodeFrames(bytes: Uint8Array): DecodedFrame[] {
  const frames: DecodedFrame[] = []
  for (let start = 0; start < bytes.length;) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + start).getUint32(0)
    const { headers, body } = codec.decode(bytes.subarray(start, start + length))
    frames.push({
      headers: Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
      body: new TextDecoder().decode(body),
    })
    start += length
  }
  return frames
}
