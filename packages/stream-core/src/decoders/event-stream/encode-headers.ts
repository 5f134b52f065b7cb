import { concat } from '../concat.ts'
import type { EventStreamHeader, EventStreamHeaders } from './event-stream-message.ts'
import { headerTypes } from './header-type.ts'

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/** The header block of a message. Throws a `RangeError` for what the format cannot hold. */
export function encodeHeaders(headers: EventStreamHeaders): Uint8Array {
  return concat(Object.entries(headers).map(([name, header]) => encodeHeader(name, header)))
}

function encodeHeader(name: string, header: EventStreamHeader): Uint8Array {
  const nameBytes = encoder.encode(name)
  if (nameBytes.length === 0 || nameBytes.length > 255) {
    throw new RangeError(`A header name has 1 to 255 bytes, this one ${nameBytes.length}`)
  }
  return concat([Uint8Array.of(nameBytes.length), nameBytes, encodeValue(header)])
}

function encodeValue(header: EventStreamHeader): Uint8Array {
  const code = headerTypes.indexOf(header.type)
  switch (header.type) {
    case 'boolean':
      return Uint8Array.of(header.value ? code : code + 1)
    case 'byte':
      return encodeInteger(code, 8, header.value)
    case 'short':
      return encodeInteger(code, 16, header.value)
    case 'integer':
      return encodeInteger(code, 32, header.value)
    case 'long':
      return encodeInteger(code, 64, header.value)
    case 'timestamp':
      return encodeInteger(code, 64, header.value.getTime())
    case 'binary':
      return encodeBytes(code, header.value)
    case 'string':
      return encodeBytes(code, encoder.encode(header.value))
    case 'uuid':
      return encodeUuid(code, header.value)
  }
}

function encodeInteger(code: number, bits: 8 | 16 | 32 | 64, value: number | bigint): Uint8Array {
  const integer = BigInt(value)
  if (BigInt.asIntN(bits, integer) !== integer) throw new RangeError(`A header value does not fit ${bits} bits`)
  const bytes = new Uint8Array(1 + bits / 8)
  bytes[0] = code
  for (let index = bytes.length - 1, rest = integer; index > 0; index--, rest >>= 8n)
    bytes[index] = Number(rest & 0xffn)
  return bytes
}

function encodeBytes(code: number, value: Uint8Array): Uint8Array {
  const { length } = value
  if (length > 0xffff) throw new RangeError(`A header value has at most 65535 bytes, this one ${length}`)
  return concat([Uint8Array.of(code, length >>> 8, length), value])
}

function encodeUuid(code: number, value: string): Uint8Array {
  if (!/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value)) throw new RangeError('A header value is not a UUID')
  const digits = value.replaceAll('-', '')
  const bytes = new Uint8Array(17)
  bytes[0] = code
  for (let index = 0; index < 16; index++)
    bytes[1 + index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16)
  return bytes
}
