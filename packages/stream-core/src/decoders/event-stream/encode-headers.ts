import type { EventStreamHeader, EventStreamHeaders } from './event-stream-message.ts'
import { headerType } from './header-type.ts'

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/** The header block of a message. Throws a `RangeError` for what the format cannot hold. */
export function encodeHeaders(headers: EventStreamHeaders): Uint8Array {
  const parts = Object.entries(headers).map(([name, header]) => encodeHeader(name, header))
  const block = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    block.set(part, offset)
    offset += part.length
  }
  return block
}

function encodeHeader(name: string, header: EventStreamHeader): Uint8Array {
  const nameBytes = encoder.encode(name)
  if (nameBytes.length === 0 || nameBytes.length > 255) {
    throw new RangeError(`A header name has 1 to 255 bytes, this one ${nameBytes.length}`)
  }
  const value = encodeValue(header)
  const bytes = new Uint8Array(1 + nameBytes.length + value.length)
  bytes[0] = nameBytes.length
  bytes.set(nameBytes, 1)
  bytes.set(value, 1 + nameBytes.length)
  return bytes
}

function encodeValue(header: EventStreamHeader): Uint8Array {
  switch (header.type) {
    case 'boolean':
      return Uint8Array.of(header.value ? headerType.true : headerType.false)
    case 'byte':
      return encodeNumber(headerType.byte, 8, BigInt(header.value))
    case 'short':
      return encodeNumber(headerType.short, 16, BigInt(header.value))
    case 'integer':
      return encodeNumber(headerType.integer, 32, BigInt(header.value))
    case 'long':
      return encodeNumber(headerType.long, 64, header.value)
    case 'timestamp':
      return encodeNumber(headerType.timestamp, 64, BigInt(header.value.getTime()))
    case 'binary':
      return encodeBytes(headerType.binary, header.value)
    case 'string':
      return encodeBytes(headerType.string, encoder.encode(header.value))
    case 'uuid':
      return encodeUuid(header.value)
  }
}

function encodeNumber(type: number, bits: 8 | 16 | 32 | 64, value: bigint): Uint8Array {
  if (BigInt.asIntN(bits, value) !== value) throw new RangeError(`A header value does not fit ${bits} bits`)
  const bytes = new Uint8Array(1 + bits / 8)
  bytes[0] = type
  for (let index = bytes.length - 1, rest = value; index > 0; index--, rest >>= 8n) bytes[index] = Number(rest & 0xffn)
  return bytes
}

function encodeBytes(type: number, value: Uint8Array): Uint8Array {
  if (value.length > 0xffff) throw new RangeError(`A header value has at most 65535 bytes, this one ${value.length}`)
  const bytes = new Uint8Array(3 + value.length)
  bytes[0] = type
  bytes[1] = value.length >>> 8
  bytes[2] = value.length
  bytes.set(value, 3)
  return bytes
}

function encodeUuid(value: string): Uint8Array {
  if (!/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value)) throw new RangeError('A header value is not a UUID')
  const digits = value.replaceAll('-', '')
  const bytes = new Uint8Array(17)
  bytes[0] = headerType.uuid
  for (let index = 0; index < 16; index++)
    bytes[1 + index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16)
  return bytes
}
