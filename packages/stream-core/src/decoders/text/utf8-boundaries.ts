/**
 * How many bytes at the end of `bytes` begin a UTF-8 character that is not complete there: 0 to 3.
 *
 * A byte that starts a character never continues one, so text may be cut before it and decoded in parts with the same result,
 * malformed bytes included.
 */
export function incompleteTail(bytes: Uint8Array): number {
  for (let tail = 1; tail <= 3; tail++) {
    const byte = bytes[bytes.length - tail] ?? 0
    if (byte < 0x80) return 0
    // Characters of more than 1, 2 and 3 bytes start with 0xc0, 0xe0 and 0xf0, or more.
    if (byte >= 0xc0) return byte >= 0x100 - (0x80 >> tail) ? tail : 0
  }
  return 0
}

/**
 * How many of `bytes` come before `text[index]`, for the text that they were decoded to. Counted from the end, as that is where most
 * places are that are asked for.
 *
 * Malformed bytes may have been replaced. Only ASCII characters are the same in bytes and text whatever was replaced, so they are what
 * is counted, and the place must be before or after one, or at an end of the text.
 */
export function bytePosition(text: string, bytes: Uint8Array, index: number): number {
  if (index === 0 || text.length === bytes.length) return index
  let position = bytes.length
  for (let later = text.length; later > index;) {
    if (text.charCodeAt(--later) < 0x80) position = previousAscii(bytes, position)
  }
  // Before a character that is not ASCII, the place is after the ASCII one that precedes it.
  return text.charCodeAt(index) >= 0x80 ? previousAscii(bytes, position) + 1 : position
}

/** The last place before `end` that holds an ASCII byte. */
function previousAscii(bytes: Uint8Array, end: number): number {
  let position = end
  while ((bytes[--position] as number) >= 0x80);
  return position
}
