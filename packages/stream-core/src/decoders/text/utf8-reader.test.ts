import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { utf8 } from '../../../test-support/cuts.ts'
import { textBytes, withCuts } from '../../../test-support/text-bytes-arbitrary.ts'
import { Utf8Reader } from './utf8-reader.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

const cases = withCuts(textBytes('ab', ' '))

/** Well-formed UTF-8 in which bytes and characters differ often. */
const wellFormed = withCuts(fc.string({ unit: 'binary', maxLength: 60 }).map((text) => utf8(text)))

function texts(reader: Utf8Reader, chunks: readonly Uint8Array[]): string[] {
  return [...chunks.map((chunk) => reader.decode(chunk)), reader.end()]
}

describe('with replacement', () => {
  test('the text is that of the whole, for any bytes and any cuts', () => {
    fc.assert(
      fc.property(cases, ({ whole, chunks }) => {
        expect(texts(new Utf8Reader(false), chunks).join('')).toBe(new TextDecoder().decode(whole))
      }),
      { numRuns: 2000 },
    )
  })

  test('a character comes with the chunk that completes it', () => {
    const reader = new Utf8Reader(false)
    const [first, second, third, fourth] = utf8('😀')
    const byte = (value = 0) => Uint8Array.of(value)
    expect([first, second, third, fourth].map((value) => reader.decode(byte(value)))).toEqual(['', '', '', '😀'])
  })

  test('a byte order mark is removed at the start only, however it is cut', () => {
    const bytes = utf8('\uFEFF\uFEFFa\uFEFF')
    const reader = new Utf8Reader(false)
    expect(
      texts(
        reader,
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
      ).join(''),
    ).toBe('\uFEFFa\uFEFF')
  })
})

describe('fatal', () => {
  test('the text ends before the first malformed byte, and its offset is known', () => {
    fc.assert(
      fc.property(cases, ({ whole, chunks }) => {
        const reader = new Utf8Reader(true)
        let text = ''
        for (const chunk of chunks) {
          text += reader.decode(chunk)
          if (reader.isMalformed) break
        }
        if (!reader.isMalformed) text += reader.end()
        const valid = lengthOfValidUtf8(whole)
        expect(reader.isMalformed).toBe(valid < whole.length)
        expect(text).toBe(new TextDecoder().decode(whole.subarray(0, valid)))
        if (!reader.isMalformed) return
        expect(reader.endOffset).toBe(valid)
        expect(whole.subarray(valid, valid + reader.undecoded.length)).toEqual(reader.undecoded)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('byte offsets', () => {
  test.each([false, true])('of each ASCII character, and of what follows one (fatal %s)', (fatal) => {
    fc.assert(
      fc.property(fatal ? wellFormed : cases, ({ whole, chunks }) => {
        const ascii: number[] = [...whole.keys()].filter((offset) => (whole[offset] ?? 0) < 0x80)
        const found: number[] = []
        const afterAscii: number[] = []
        const reader = new Utf8Reader(fatal)
        for (const chunk of chunks) {
          const text = reader.decode(chunk)
          for (let index = 0; index < text.length; index++) {
            if (text.charCodeAt(index) < 0x80) found.push(reader.offsetOf(index))
            else if (text.charCodeAt(index - 1) < 0x80) afterAscii.push(reader.offsetOf(index))
          }
        }
        expect(found).toEqual(ascii)
        for (const offset of afterAscii) expect(ascii).toContain(offset - 1)
      }),
      { numRuns: 2000 },
    )
  })
})

/** How many bytes at the start are whole, well-formed characters: the longest prefix that the platform accepts. */
function lengthOfValidUtf8(bytes: Uint8Array): number {
  for (let length = bytes.length; length > 0; length--) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length))
      return length
    } catch {
      continue
    }
  }
  return 0
}
