import { crc32 } from 'node:zlib'
import { EventStreamCodec, Int64 } from '@smithy/core/event-streams'

/** A header as it is in the corpus: a `long` is decimal text, a `binary` value base64, a `timestamp` milliseconds since 1970. */
export type HeaderValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'byte' | 'short' | 'integer' | 'timestamp'; readonly value: number }
  | { readonly type: 'long' | 'binary' | 'string' | 'uuid'; readonly value: string }

/** A message as it is in the corpus: the payload is base64. */
export interface MessageValue {
  readonly headers: Readonly<Record<string, HeaderValue>>
  readonly payload: string
}

export const message = (headers: MessageValue['headers'], payload: string): MessageValue => ({
  headers,
  payload: Buffer.from(payload).toString('base64'),
})

const text = (value: string): HeaderValue => ({ type: 'string', value })

/** What SageMaker sends for bytes of the container. */
export const payloadPart = (payload: string): MessageValue =>
  message(
    {
      ':event-type': text('PayloadPart'),
      ':content-type': text('application/octet-stream'),
      ':message-type': text('event'),
    },
    payload,
  )

/** What SageMaker sends when a stream fails after it has begun. */
export const exception = (type: string, payload: object): MessageValue =>
  message(
    { ':exception-type': text(type), ':content-type': text('application/json'), ':message-type': text('exception') },
    JSON.stringify(payload),
  )

const codec = new EventStreamCodec(
  (input) => (typeof input === 'string' ? input : Buffer.from(input).toString('utf8')),
  (input) => new TextEncoder().encode(input),
)

/** The frame of a message, made by the AWS SDK. */
export function frame({ headers, payload }: MessageValue): Uint8Array {
  const sdkHeaders = Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, sdkHeader(header)]))
  return codec.encode({ headers: sdkHeaders, body: Buffer.from(payload, 'base64') })
}

type SdkHeader = Parameters<typeof codec.encode>[0]['headers'][string]

function sdkHeader(header: HeaderValue): SdkHeader {
  switch (header.type) {
    case 'binary':
      return { type: 'binary', value: new Uint8Array(Buffer.from(header.value, 'base64')) }
    case 'timestamp':
      return { type: 'timestamp', value: new Date(header.value) }
    case 'long':
      return { type: 'long', value: sdkLong(BigInt(header.value)) }
    default:
      return header as SdkHeader
  }
}

function sdkLong(value: bigint): Extract<SdkHeader, { type: 'long' }>['value'] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return new Int64(new Uint8Array(bytes))
}

/** A frame with the lengths and the header block given, right or wrong, and with checksums that are right. */
export function rawFrame(totalLength: number, headersLength: number, rest: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(12 + rest.length + 4)
  bytes.writeUInt32BE(totalLength, 0)
  bytes.writeUInt32BE(headersLength, 4)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
  bytes.set(rest, 12)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4)
  return new Uint8Array(bytes)
}
