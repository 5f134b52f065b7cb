/**
 * How many bytes at the end of `bytes` begin a UTF-8 character that is not complete there: 0 to 3.
 *
 * A byte that starts a character never continues one, so text may be cut before it and decoded in parts with the same result,
 * malformed bytes included.
 */
export function incompleteTail(bytes: Uint8Array): number {
  const longest = Math.min(3, bytes.length)
  for (let length = 1; length <= longest; length++) {
    const byte = bytes[bytes.length - length] as number
    if (!isContinuation(byte)) return characterLength(byte) > length ? length : 0
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
