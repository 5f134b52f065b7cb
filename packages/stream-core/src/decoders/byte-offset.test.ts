import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkSizes, cutAnywhere, cutEvery, run, utf8 } from '../../test-support/cuts.ts'
import { JsonSequenceDecoder } from './json-sequence-decoder.ts'
import type { ByteRange } from './json/json-sequence-observer.ts'
import { LineDecoder } from './line-decoder.ts'

const bytesOf = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...utf8(part)])))

describe.each(chunkSizes)(
  'an error after malformed bytes has its place in the input, in chunks of %d bytes',
  (size) => {
    test.each([
      ['a second value of a line', bytesOf('data: "', 0xff, 0xfe, '" x'), 11],
      ['a value of a second line', bytesOf('"', 0xff, '"\n  x'), 6],
      ['a value that is not complete', bytesOf('"é', 0xe2, 0x82, '" {"a":'), 7],
      ['a value after three', bytesOf('"é"', '"', 0xff, 'é"', '"日', 0x80, '"', 'x'), 4 + 5 + 6],
    ])('%s', (_, bytes, byteOffset) => {
      const { error } = run(new JsonSequenceDecoder(), cutEvery(bytes, size))
      expect(error).toMatchObject({ code: 'invalid-json', byteOffset })
    })
  },
)

/** Lines of JSON strings with bytes in them that are not UTF-8, several to a line. */
const malformedLines = fc
  .array(
    fc.array(
      fc.uint8Array({ maxLength: 6 }).map((bytes) => bytes.filter((byte) => byte >= 0x80)),
      { maxLength: 4 },
    ),
    { maxLength: 6 },
  )
  .map((lines) =>
    bytesOf(...lines.flatMap((values) => ['data: ', ...values.flatMap((value) => ['"', ...value, 'é"', ' ']), '\n\n'])),
  )

test('the ranges that an observer is given are those of the input, whatever is malformed and however it is cut', () => {
  const rangesOf = (chunks: readonly Uint8Array[]): ByteRange[] => {
    const ranges: ByteRange[] = []
    const observer = {
      onLine: (_: string, range: ByteRange) => void ranges.push(range),
      onValue: (_: unknown, range: ByteRange) => void ranges.push(range),
    }
    run(new JsonSequenceDecoder({ observer }), chunks)
    return ranges
  }
  fc.assert(
    fc.property(
      malformedLines.chain((bytes) => cutAnywhere(bytes).map((chunks) => ({ bytes, chunks }))),
      ({ bytes, chunks }) => {
        const ranges = rangesOf([bytes])
        expect(rangesOf(chunks)).toEqual(ranges)
        // Each that is not empty starts and ends at an ASCII byte, which a wrong count would miss.
        const isAt = (offset: number, characters: string): boolean =>
          characters.includes(String.fromCharCode(bytes[offset] ?? 0x0a))
        const ofText = ranges.filter(({ start, end }) => start < end)
        expect(ofText.filter(({ start, end }) => !isAt(start, 'd"') || !isAt(end, '\n "'))).toEqual([])
      },
    ),
    { numRuns: 1500 },
  )
})

test('a line that is too long is refused by the byte that makes it so, in the smallest chunks', () => {
  const decoder = new LineDecoder({ maxLineLength: 2 })
  expect(decoder.push(utf8('h'))).toEqual([])
  expect(decoder.push(utf8('e'))).toEqual([])
  expect(() => decoder.push(utf8('y'))).toThrow('line-too-long')
})
