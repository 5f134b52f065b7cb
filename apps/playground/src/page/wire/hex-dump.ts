/** One byte of a dump. */
export interface DumpByte {
  readonly offset: number
  readonly hex: string
  /** The character it stands for in ASCII; `·` for all others. */
  readonly text: string
}

export const bytesPerRow = 16

/**
 * Rows of sixteen bytes that contain a range.
 *
 * @param maxRows - Longer ranges are cut; the caller says so.
 */
export function dumpRows(body: Uint8Array, start: number, end: number, maxRows: number): DumpByte[][] {
  const first = Math.floor(start / bytesPerRow)
  const last = Math.min(Math.ceil(Math.max(end, start + 1) / bytesPerRow), first + maxRows)
  return Array.from({ length: last - first }, (_, row) => {
    const offset = (first + row) * bytesPerRow
    return Array.from(body.subarray(offset, offset + bytesPerRow), (byte, index) => ({
      offset: offset + index,
      hex: byte.toString(16).padStart(2, '0'),
      text: byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x20 ? ' ' : '·',
    }))
  })
}
