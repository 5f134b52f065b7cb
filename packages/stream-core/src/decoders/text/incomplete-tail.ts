/**
 * How many bytes at the end of `bytes` begin a UTF-8 character that is not complete there: 0 to 3.
 *
 * A byte that starts a character never continues one, so text may be cut before it and decoded in parts with the same result,
 * malformed bytes included.
 */
export function incompleteTail(bytes: Uint8Array): number {
  const last = bytes.length - 1
  if (last < 0 || (bytes[last] as number) < 0x80) return 0
  for (let position = last; position >= 0 && position > last - 3; position--) {
    const byte = bytes[position] as number
    if (!isContinuation(byte)) return position + characterLength(byte) > bytes.length ? bytes.length - position : 0
  }
  return 0
}

/** Whether a byte is the second, third or fourth of a UTF-8 character. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

/** How many bytes the UTF-8 character has that starts with this byte. */
export function characterLength(byte: number): number {
  if (byte < 0xc0) return 1
  if (byte < 0xe0) return 2
  return byte < 0xf0 ? 3 : 4
}
