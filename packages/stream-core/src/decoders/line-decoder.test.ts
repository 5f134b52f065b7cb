import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { chunkSizes, cutEvery, run, utf8 } from '../../test-support/cuts.ts'
import { textBytes, withCuts } from '../../test-support/text-bytes-arbitrary.ts'
import { LineDecoder, type LineDecoderOptions } from './line-decoder.ts'
import type { StreamDecodeError } from './stream-decode-error.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

/** What a LineDecoder should do, said in one line for input that is all there. */
function splitLines(bytes: Uint8Array, newline: 'any' | 'lf' = 'any'): string[] {
  const text = new TextDecoder('utf-8').decode(bytes)
  const lines = text.split(newline === 'any' ? /\r\n|\r|\n/ : /\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const decode = (
  input: string | Uint8Array,
  options: LineDecoderOptions = {},
  size: number = Number.POSITIVE_INFINITY,
): { lines: string[]; error: StreamDecodeError | undefined } => {
  const bytes = typeof input === 'string' ? utf8(input) : input
  const { values, error } = run(new LineDecoder(options), cutEvery(bytes, size))
  return { lines: values, error: error as StreamDecodeError | undefined }
}

const restOf = (error: StreamDecodeError | undefined): string => new TextDecoder().decode(error?.rest)

describe('any bytes, any cuts', () => {
  test.each(['any', 'lf'] as const)('the lines are those of the whole (newline %s)', (newline) => {
    fc.assert(
      fc.property(withCuts(textBytes()), ({ whole, chunks }) => {
        expect(run(new LineDecoder({ newline }), chunks)).toEqual({ values: splitLines(whole, newline) })
      }),
      { numRuns: 3000 },
    )
  })
})

describe.each(chunkSizes)('in chunks of %d bytes', (size) => {
  test('LF, CRLF and a lone CR end a line', () => {
    expect(decode('a\nb\r\nc\rd\n', {}, size).lines).toEqual(['a', 'b', 'c', 'd'])
  })

  test('LF CR is two line ends', () => {
    expect(decode('a\n\rb', {}, size).lines).toEqual(['a', '', 'b'])
  })

  test('with newline lf, a lone CR is a character', () => {
    expect(decode('a\nb\r\nc\rd\r\re\r\n\r', { newline: 'lf' }, size).lines).toEqual(['a', 'b', 'c\rd\r\re', '\r'])
  })

  test('empty lines are lines, an empty input has none', () => {
    expect(decode('\n\r\n\r\n\n', {}, size).lines).toEqual(['', '', '', ''])
    expect(decode('', {}, size).lines).toEqual([])
    expect(decode('\uFEFF', {}, size).lines).toEqual([])
  })

  test('a last line without line end is delivered, and no empty one after a line end', () => {
    expect(decode('a\nb', {}, size).lines).toEqual(['a', 'b'])
    expect(decode('a\nb\n', {}, size).lines).toEqual(['a', 'b'])
  })

  test('a byte order mark is removed at the start and kept elsewhere', () => {
    expect(decode('\uFEFFa\n\uFEFFb', {}, size).lines).toEqual(['a', '\uFEFFb'])
  })

  test('other separators of Unicode end no line', () => {
    expect(decode('a\u2028b\u2029c\u0085d\u000be\n', {}, size).lines).toEqual(['a\u2028b\u2029c\u0085d\u000be'])
  })

  test('characters of two, three and four bytes are whole', () => {
    expect(decode('é日😀\n😀日é', {}, size).lines).toEqual(['é日😀', '😀日é'])
  })

  test('bytes that are not UTF-8 are replaced', () => {
    expect(decode(Uint8Array.of(0x61, 0xff, 0x0a, 0xe2, 0x82), {}, size).lines).toEqual(['a\uFFFD', '\uFFFD'])
  })

  test('or an error, after the lines before them', () => {
    const input = new Uint8Array([...utf8('é\nab'), 0xff, ...utf8('\nc')])
    const { lines, error } = decode(input, { fatal: true }, size)
    expect(lines).toEqual(['é'])
    expect(error).toMatchObject({ code: 'invalid-utf8', byteOffset: 5, lineNumber: 2, text: 'ab' })
    expect(error?.rest.slice(0, 3)).toEqual(Uint8Array.of(0x61, 0x62, 0xff))
  })

  test('a character that the end of the input cuts is not UTF-8 either', () => {
    const { lines, error } = decode(utf8('a\nb€').subarray(0, -1), { fatal: true }, size)
    expect(lines).toEqual(['a'])
    expect(error).toMatchObject({ code: 'invalid-utf8', byteOffset: 3, lineNumber: 2 })
    expect(error?.rest).toEqual(Uint8Array.of(0x62, 0xe2, 0x82))
  })

  test.each(['\n', '\r\n', '\r', ''])('a line may be as long as the limit and no longer (line end %j)', (end) => {
    const longest = `x\r\nabcde${end}`
    expect(decode(longest, { maxLineLength: 5 }, size).lines).toEqual(['x', 'abcde'])
    const { lines, error } = decode(`x\r\nabcdef${end}y`, { maxLineLength: 5 }, size)
    expect(lines).toEqual(['x'])
    expect(error).toMatchObject({ code: 'line-too-long', byteOffset: 3, lineNumber: 2 })
    expect(restOf(error)).toMatch(/^abcdef/)
  })

  test('the CR of a CRLF does not count towards the limit with newline lf either', () => {
    const options = { maxLineLength: 2, newline: 'lf' } as const
    expect(decode('ab\r\ncd\r\n', options, size).lines).toEqual(['ab', 'cd'])
    expect(decode('ab\rc\n', options, size).error?.code).toBe('line-too-long')
  })

  test('the limit counts UTF-16 units', () => {
    expect(decode('日本語😀\n', { maxLineLength: 5 }, size).lines).toEqual(['日本語😀'])
    expect(decode('日本語😀\n', { maxLineLength: 4 }, size).error?.code).toBe('line-too-long')
  })
})

describe('when a line comes', () => {
  test('with the chunk that has its line end, a CR included', () => {
    const decoder = new LineDecoder()
    expect(decoder.push(utf8('a'))).toEqual([])
    expect(decoder.push(utf8('\r'))).toEqual(['a'])
    expect(decoder.push(utf8('\n'))).toEqual([])
    expect(decoder.push(utf8('\n'))).toEqual([''])
  })

  test('an empty chunk between CR and LF changes nothing', () => {
    const decoder = new LineDecoder()
    expect(decoder.push(utf8('a\r'))).toEqual(['a'])
    expect(decoder.push(new Uint8Array(0))).toEqual([])
    expect(decoder.push(utf8('\nb\n'))).toEqual(['b'])
  })
})

test.each([0, -1, Number.NaN])('a limit of %d is no limit for lines', (maxLineLength) => {
  expect(() => new LineDecoder({ maxLineLength })).toThrow(RangeError)
})

test('a chunk may be overwritten once push has returned', () => {
  const decoder = new LineDecoder()
  const chunk = utf8('ab')
  decoder.push(chunk)
  chunk.fill(0)
  expect(decoder.push(utf8('c\n'))).toEqual(['abc'])
})
