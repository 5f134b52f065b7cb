import type { EventStreamHeader, EventStreamHeaders } from './event-stream-message.ts'
import { headerType } from './header-type.ts'

const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The headers of a header block, or undefined when it has an impossible length or an unknown type. Everything returned is
 * frozen or a copy, so that one result can be given out for many messages.
 */
export function decodeHeaders(block: Uint8Array): EventStreamHeaders | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const headers: [string, EventStreamHeader][] = []
  let offset = 0

  const take = (length: number): number => {
    const start = offset
    offset += length
    if (offset > block.length) throw new RangeError('A header ends outside its block')
    return start
  }
  const takeBytes = (length: number): Uint8Array => {
    const start = take(length)
    return block.subarray(start, start + length)
  }
  const takeCounted = (): Uint8Array => takeBytes(view.getUint16(take(2)))

  const takeValue = (): EventStreamHeader => {
    const type = view.getUint8(take(1))
    switch (type) {
      case headerType.true:
      case headerType.false:
        return { type: 'boolean', value: type === headerType.true }
      case headerType.byte:
        return { type: 'byte', value: view.getInt8(take(1)) }
      case headerType.short:
        return { type: 'short', value: view.getInt16(take(2)) }
      case headerType.integer:
        return { type: 'integer', value: view.getInt32(take(4)) }
      case headerType.long:
        return { type: 'long', value: view.getBigInt64(take(8)) }
      case headerType.binary:
        return { type: 'binary', value: takeCounted().slice() }
      case headerType.string:
        return { type: 'string', value: decoder.decode(takeCounted()) }
      case headerType.timestamp:
        return { type: 'timestamp', value: new Date(Number(view.getBigInt64(take(8)))) }
      case headerType.uuid:
        return { type: 'uuid', value: formatUuid(takeBytes(16)) }
      default:
        throw new RangeError(`There is no header type ${type}`)
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
