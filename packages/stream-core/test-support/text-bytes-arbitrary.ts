import * as fc from 'fast-check'
import { cutAnywhere, utf8 } from './cuts.ts'

const cutOrImpossibleCharacter = fc
  .constantFrom([0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3], [0xf0, 0x80], [0xed, 0xa0], [0xff])
  .map((part) => Uint8Array.from(part))

/** Bytes made of the given pieces of text, of line ends and marks, and of characters that are whole, cut and impossible. */
export function textBytes(...pieces: string[]): fc.Arbitrary<Uint8Array> {
  const piece = fc
    .constantFrom('\n', '\n', '\r', '\r\n', '\uFEFF', '\u2028', 'é', '日本', '😀', 'a', ...pieces)
    .map(utf8)
  return fc
    .array(fc.oneof({ weight: 10, arbitrary: piece }, fc.uint8Array({ maxLength: 3 }), cutOrImpossibleCharacter), {
      maxLength: 40,
    })
    .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])))
}

/** The bytes, and the same bytes cut at random places. */
export function withCuts(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<{ whole: Uint8Array; chunks: Uint8Array[] }> {
  return bytes.chain((whole) => cutAnywhere(whole).map((chunks) => ({ whole, chunks })))
}
