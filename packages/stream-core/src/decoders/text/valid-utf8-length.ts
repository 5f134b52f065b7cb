import { incompleteTail } from './incomplete-tail.ts'

/** How many bytes at the start of `bytes` are whole, well-formed UTF-8 characters, for `bytes` that are malformed somewhere. */
export function validUtf8Length(bytes: Uint8Array): number {
  // The platform's decoder says only that there is a mistake. What it replaces differs from the input when it is encoded again,
  // at the latest after bytes that U+FFFD itself begins with.
  const replaced = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  let length = 0
  while (length < bytes.length && replaced[length] === bytes[length]) length++
  return length - incompleteTail(bytes.subarray(0, length))
}
