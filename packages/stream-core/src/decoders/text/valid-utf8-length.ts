import { incompleteTail } from './incomplete-tail.ts'

/** How many bytes at the start of `bytes` are well-formed, whole UTF-8 characters, for `bytes` that are malformed somewhere. */
export function validUtf8Length(bytes: Uint8Array): number {
  // The platform's decoder says only that there is a mistake. Where it is, bisection finds: a prefix is malformed, or cut in
  // a character at most, exactly if the mistake is in it.
  let valid = 0
  let malformed = bytes.length
  while (malformed - valid > 1) {
    const middle = (valid + malformed) >>> 1
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) valid = middle
    else malformed = middle
  }
  return valid - incompleteTail(bytes.subarray(0, valid))
}

function isPrefixOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
