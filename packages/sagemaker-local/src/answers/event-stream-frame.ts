import { EventStreamEncoder } from '@x/stream-core/decoders'
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

/** The frame in which SageMaker wraps a slice of the container's answer. */
export function payloadPartFrame(bytes: Uint8Array): Uint8Array {
  return encodeFrame({ headers: payloadPartHeaders, payload: bytes })
}

export function exceptionFrame(name: string, members: Readonly<Record<string, unknown>>): Uint8Array {
  return encodeFrame({
    headers: { ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' },
    payload: JSON.stringify(members),
  })
}
