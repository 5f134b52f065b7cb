import { joinBytes } from '../../bytes/join-bytes.ts'
import type { EventStreamHeader, EventStreamHeaders } from './event-stream-message.ts'

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()
const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/** The names of the header types, by their codes on the wire. A boolean has a code for true and one for false, and no value. */
const headerTypes = [
  'boolean',
  'boolean',
  'byte',
  'short',
  'integer',
  'long',
  'binary',
  'string',
  'timestamp',
  'uuid',
] as const

/**
 * The headers of a header block, which must fill its buffer, or undefined when it has an impossible length, an unknown type or a name
 * that occurs twice.
 * Everything returned is frozen or a copy, so that one result can be given out for many messages.
 */
export function decodeHeaders(block: Uint8Array): EventStreamHeaders | undefined {
  const view = new DataView(block.buffer)
  const headers = new Map<string, EventStreamHeader>()
  let offset = 0

  // What lies outside of the block makes the platform throw a RangeError.
  const take = (length: number): number => (offset += length) - length
  const takeBytes = (length: number): Uint8Array => new Uint8Array(view.buffer, take(length), length)
  const takeCounted = (): Uint8Array => takeBytes(view.getUint16(take(2)))

  const takeValue = (): EventStreamHeader => {
    const code = view.getUint8(take(1))
    const type = headerTypes[code]
    switch (type) {
      case 'boolean':
        return { type, value: code === 0 }
      case 'byte':
        return { type, value: view.getInt8(take(1)) }
      case 'short':
        return { type, value: view.getInt16(take(2)) }
      case 'integer':
        return { type, value: view.getInt32(take(4)) }
      case 'long':
        return { type, value: view.getBigInt64(take(8)) }
      case 'binary':
        return { type, value: takeCounted().slice() }
      case 'string':
        return { type, value: decoder.decode(takeCounted()) }
      case 'timestamp':
        return { type, value: new Date(Number(view.getBigInt64(take(8)))) }
      case 'uuid':
        return { type, value: formatUuid(takeBytes(16)) }
      default:
        throw new RangeError('No such header type')
    }
  }

  try {
    while (offset < block.length) {
      const name = decoder.decode(takeBytes(view.getUint8(take(1))))
      if (headers.has(name)) return undefined
      headers.set(name, Object.freeze(takeValue()))
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  // Unlike an assignment, this makes an own property also of a header that is named `__proto__`.
  return Object.freeze(Object.fromEntries(headers))
}

function formatUuid(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The header block of a message. Throws a `RangeError` for what the format cannot hold. */
export function encodeHeaders(headers: EventStreamHeaders): Uint8Array {
  return joinBytes(Object.entries(headers).map(([name, header]) => encodeHeader(name, header)))
}

function encodeHeader(name: string, header: EventStreamHeader): Uint8Array {
  const nameBytes = encoder.encode(name)
  if (nameBytes.length === 0 || nameBytes.length > 255) {
    throw new RangeError(`A header name has 1 to 255 bytes, this one ${nameBytes.length}`)
  }
  return joinBytes([Uint8Array.of(nameBytes.length), nameBytes, encodeValue(header)])
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
  return joinBytes([Uint8Array.of(code, length >>> 8, length), value])
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
