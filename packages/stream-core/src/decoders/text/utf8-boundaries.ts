/**
 * How many bytes at the end of `bytes` begin a UTF-8 character that is not complete there: 0 to 3.
 *
 * A byte that starts a character never continues one, so text may be cut before it and decoded in parts with the same result,
 * malformed bytes included.
 */
export function incompleteTail(bytes: Uint8Array): number {
  const { length } = bytes
  for (let tail = 1; tail <= 3 && tail <= length; tail++) {
    const byte = bytes[length - tail] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return tail < characterLength(byte) ? tail : 0
  }
  return 0
}

/** How many bytes the UTF-8 character has that starts with this byte, which is not ASCII. */
function characterLength(byte: number): number {
  if (byte < 0xe0) return 2
  return byte < 0xf0 ? 3 : 4
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
  for (let later = text.length - 1; later >= index; later--) {
    if (text.charCodeAt(later) < 0x80) position = previousAscii(bytes, position)
  }
  const isExact = index === text.length || text.charCodeAt(index) < 0x80
  return isExact ? position : previousAscii(bytes, position) + 1
}

/** The last place before `end` that holds an ASCII byte. */
function previousAscii(bytes: Uint8Array, end: number): number {
  let position = end - 1
  while ((bytes[position] as number) >= 0x80) position--
  return position
}
