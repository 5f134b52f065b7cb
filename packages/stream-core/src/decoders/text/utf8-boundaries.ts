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

/** How many bytes at the start of `bytes` are whole, well-formed UTF-8 characters, for `bytes` that are malformed somewhere. */
export function validUtf8Length(bytes: Uint8Array): number {
  // The platform's decoder says only that there is a mistake. What it replaces differs from the input when it is encoded again,
  // at the latest after bytes that U+FFFD itself begins with.
  const replaced = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  let length = 0
  while (length < bytes.length && replaced[length] === bytes[length]) length++
  return length - incompleteTail(bytes.subarray(0, length))
}
