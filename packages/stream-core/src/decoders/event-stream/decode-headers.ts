import type { EventStreamHeader, EventStreamHeaders } from './event-stream-message.ts'
import { headerTypes } from './header-type.ts'

const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The headers of a header block that is alone in its memory, or undefined when it has an impossible length or an unknown type.
 * Everything returned is frozen or a copy, so that one result can be given out for many messages.
 */
export function decodeHeaders(block: Uint8Array): EventStreamHeaders | undefined {
  const view = new DataView(block.buffer)
  const headers: [string, EventStreamHeader][] = []
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
      headers.push([name, Object.freeze(takeValue())])
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
