// CRC-32 as in ISO 3309 and gzip: reflected polynomial 0xEDB88320, start and final value 0xFFFFFFFF.
const makeTable = (): Int32Array => {
  const table = new Int32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
    table[byte] = remainder
  }
  return table
}

const table: Int32Array = /* @__PURE__ */ makeTable()

/**
 * The CRC-32 of `bytes[start..end)` as an unsigned integer. `previous` is the CRC-32 of what comes before, to go on from there.
 */
export function crc32(bytes: Uint8Array, start: number, end: number, previous: number = 0): number {
  let remainder = ~previous
  for (let index = start; index < end; index++) {
    remainder = (table[(remainder ^ (bytes[index] as number)) & 0xff] as number) ^ (remainder >>> 8)
  }
  return ~remainder >>> 0
}
