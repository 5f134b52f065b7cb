import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswerError } from '@x/sagemaker-endpoint/model-kit'
import { parseAnswer, type VectorJson } from './parse-answer.ts'

const parse = (text: string): VectorJson => parseAnswer(new TextEncoder().encode(text))

/** What `JSON.parse` gives, with arrays of numbers and nulls in single precision. */
function reference(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isRow = value.length > 0 && value.every((item) => typeof item === 'number' || item === null)
    return isRow ? Float32Array.from(value, (item: number | null) => item ?? Number.NaN) : value.map(reference)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, reference(item)]))
}

describe('numbers', () => {
  const read = (text: string): number | undefined => (parse(`[${text}]`) as Float32Array)[0]
  const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 25 }).map((list) => list.join(''))
  const decimal = fc
    .tuple(
      fc.constantFrom('', '-'),
      fc.oneof(
        fc.constant('0'),
        digits.map((text) => text.replace(/^0+(?=\d)/, '')),
      ),
      fc.option(digits, { nil: '' }),
      fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat(60)), { nil: undefined }),
    )
    .map(([sign, whole, fraction, exponent]) => {
      return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`
    })

  test('are those of JSON.parse, rounded to single precision, however they are written', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(read(text)).toBe(Math.fround(Number(text)))
      }),
      { numRuns: 3000 },
    )
  })

  test('written from doubles and from singles come back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -3e38, max: 3e38 }), (value) => {
        for (const text of [String(value), value.toExponential(), String(Math.fround(value))]) {
          expect(read(text)).toBe(Math.fround(Number(text)))
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('between two single-precision numbers, and a hair to either side, are rounded as they should', () => {
    const bits = new DataView(new ArrayBuffer(4))
    fc.assert(
      fc.property(fc.integer({ min: 0x30000000, max: 0x3fffffff }), fc.nat(3), fc.boolean(), (low, extra, isAbove) => {
        bits.setUint32(0, low)
        const a = bits.getFloat32(0)
        bits.setUint32(0, low + 1)
        // Exact: the midpoint of two singles has one bit more than a single.
        // oxlint-disable-next-line oxc/number-arg-out-of-range -- up to 100 digits are in the standard since 2018
        const middle = ((a + bits.getFloat32(0)) / 2).toFixed(60).replace(/0+$/, '')
        expect(read(middle)).toBe(Math.fround(Number(middle)))
        const hair = `${isAbove ? middle : `${middle.slice(0, -1)}4`}${'9'.repeat(extra)}`
        expect(read(hair)).toBe(Math.fround(Number(hair)))
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    '-0',
    '0',
    '-0.0',
    '0e5',
    '1e-50',
    '1e38',
    '3.5e38',
    '1e400',
    '-1e400',
    '9007199254740993',
    '123456789012',
  ])('%s', (text) => {
    expect(read(text)).toBe(Math.fround(Number(text)))
  })

  test('outside of arrays keep double precision', () => {
    expect(parse('{"created":1748000001,"cost":0.1,"huge":1e300}')).toEqual({
      created: 1748000001,
      cost: 0.1,
      huge: 1e300,
    })
  })

  test('of Rust and Python that are none become NaN and infinities', () => {
    expect(parse('[[0.5, null, NaN], [Infinity,-Infinity]]')).toEqual([
      Float32Array.of(0.5, Number.NaN, Number.NaN),
      Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    ])
    expect(parse('{"score": NaN, "texts": ["NaN", "a [NaN]"]}')).toEqual({
      score: Number.NaN,
      texts: ['NaN', 'a [NaN]'],
    })
  })
})

test('any JSON is what JSON.parse makes of it, with vectors in single precision', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), fc.constantFrom(0, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, undefined, space)
      expect(parse(text)).toEqual(reference(JSON.parse(text)))
    }),
    { numRuns: 300 },
  )
})

test('takes and refuses what JSON.parse does', () => {
  const pieces = [
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '"',
    'a',
    '\\',
    '\\n',
    '\\u00e4',
    '\\"',
    '0',
    '1',
    '-',
    '.',
    'e',
    ' ',
    'null',
    'true',
    'ä',
    '"a":',
  ]
  const outcome = (run: () => unknown): unknown => {
    try {
      return run()
    } catch {
      return 'refused'
    }
  }
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 }), (text) => {
      expect(outcome(() => parse(text))).toEqual(outcome(() => reference(JSON.parse(text))))
    }),
    { numRuns: 5000 },
  )
})

test('a vector owns its memory', () => {
  const [first, second] = parse('[[1,2],[3,4]]') as Float32Array[]
  expect(first?.buffer.byteLength).toBe(8)
  expect(second?.byteOffset).toBe(0)
})

test('a row may be longer than any model has dimensions', () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => index / 8)
  expect(parse(JSON.stringify([numbers, numbers]))).toEqual([Float32Array.from(numbers), Float32Array.from(numbers)])
})

test('a byte order mark is skipped, a member named __proto__ is data', () => {
  expect(parse('\uFEFF[1]')).toEqual(Float32Array.of(1))
  expect(Object.getOwnPropertyNames(parse('{"__proto__": 1}'))).toEqual(['__proto__'])
})

test('the search for escapes is linear', () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => (index === 19_999 ? '\\' : 'text'))
  expect(parse(JSON.stringify(texts))).toEqual(texts)
})

test.each([
  ['', 'it is empty'],
  ['<!doctype html><p>secret', 'it looks like HTML or XML, 24 bytes'],
  ['{"secret": 1', 'it ends too early, after 12 bytes'],
  ['["secret', 'it ends too early, after 8 bytes'],
  ['upstream secret', 'unexpected byte 1 of 15'],
  ['[1, 2] secret', 'unexpected byte 8 of 13'],
  ['[1 2]', 'unexpected byte 4 of 5'],
  ['["\\secret"]', 'unexpected byte 11 of 11'],
  ['['.repeat(100), 'nested deeper than 64 levels'],
])('refuses %j without quoting it', (text, reason) => {
  // Vitest compares the cause too: no error that quotes the body may be it.
  expect(() => parse(text)).toThrow(new AnswerError(`the answer is not JSON: ${reason}`))
})
