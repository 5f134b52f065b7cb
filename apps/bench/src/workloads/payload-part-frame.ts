import { EventStreamEncoder } from '@x/stream-core/decoders'

const encoder = new EventStreamEncoder()
const headers = {
  ':event-type': { type: 'string', value: 'PayloadPart' },
  ':content-type': { type: 'string', value: 'application/octet-stream' },
  ':message-type': { type: 'string', value: 'event' },
} as const

/** A part of an answer, framed as SageMaker Runtime does it. */
export function payloadPartFrame(payload: Uint8Array): Uint8Array {
  return encoder.encode({ headers, payload })
}
