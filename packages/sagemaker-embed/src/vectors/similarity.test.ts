import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { similarity } from './similarity.ts'

describe('cosine, the default', () => {
  test.each([
    [[1, 0], [1, 0], 1],
    [[1, 0], [5, 0], 1],
    [[1, 0], [0, 3], 0],
    [[1, 0], [-2, 0], -1],
    [[1, 1], [1, 0], Math.SQRT1_2],
  ])('of %j and %j is %d', (a, b, expected) => {
    expect(similarity(a, b)).toBeCloseTo(expected, 12)
    expect(similarity(Float32Array.from(a), Float32Array.from(b), 'cosine')).toBeCloseTo(expected, 12)
  })

  test('with a zero vector is 0', () => {
    expect(similarity([0, 0], [1, 2])).toBe(0)
    expect(similarity([1, 2], [0, 0])).toBe(0)
    expect(similarity([0, 0], [0, 0])).toBe(0)
    expect(similarity([], [])).toBe(0)
  })

  test('never leaves its range, and is 1 for a vector with itself', () => {
    const finite = fc.float({ noNaN: true, noDefaultInfinity: true })
    const pair = fc.integer({ min: 1, max: 8 }).chain((length) => {
      const vector = fc.array(finite, { minLength: length, maxLength: length })
      return fc.tuple(vector, vector)
    })
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(Math.abs(similarity(a, b))).toBeLessThanOrEqual(1)
        expect(similarity(a, b)).toBe(similarity(b, a))
        expect(similarity(a, a)).toBeCloseTo(a.some((value) => value !== 0) ? 1 : 0, 9)
      }),
    )
  })
})

test('dot is the sum of products', () => {
  expect(similarity([1, 2, 3], [4, -5, 6], 'dot')).toBe(12)
  expect(similarity([0, 0], [1, 2], 'dot')).toBe(0)
})

test('euclidean is minus the distance, and 0, not -0, for equal vectors', () => {
  expect(similarity([0, 0], [3, 4], 'euclidean')).toBe(-5)
  expect(similarity([3, 4], [3, 4], 'euclidean')).toBe(0)
})

test.each(['cosine', 'dot', 'euclidean'] as const)('%s refuses vectors of different widths', (metric) => {
  expect(() => similarity([1], [1, 2], metric)).toThrow(new RangeError('vectors differ in width: 1 and 2'))
})

describe('hamming is the share of equal bits of packed vectors', () => {
  test.each([
    [Uint8Array.of(0b1111_0000), Uint8Array.of(0b1111_0000), 1],
    [Uint8Array.of(0b1111_0000), Uint8Array.of(0b0000_1111), 0],
    [Uint8Array.of(0b1111_0000, 0), Uint8Array.of(0b1111_0001, 0), 15 / 16],
    [Int8Array.of(-128, 127), Int8Array.of(127, 127), 8 / 16],
    [new Uint8Array(), new Uint8Array(), 1],
  ])('%o and %o: %d', (a, b, expected) => {
    expect(similarity(a, b, 'hamming')).toBe(expected)
  })

  test('and the same for signed and unsigned bits', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), fc.nat(255)), { minLength: 1, maxLength: 20 }), (pairs) => {
        const [a, b] = [0, 1].map((side) => Uint8Array.from(pairs, (pair) => pair[side] ?? 0)) as [
          Uint8Array,
          Uint8Array,
        ]
        const signed = (bytes: Uint8Array): Int8Array => Int8Array.from(bytes, (byte) => byte - 128)
        expect(similarity(signed(a), signed(b), 'hamming')).toBe(similarity(a, b, 'hamming'))
        const bits = pairs.map(([x, y]) => (x ^ y).toString(2).replaceAll('0', '')).join('').length
        expect(similarity(a, b, 'hamming')).toBeCloseTo(1 - bits / (8 * pairs.length), 12)
      }),
    )
  })

  test.each([
    [[1], [1]],
    [Float32Array.of(1), Float32Array.of(1)],
    [Uint8Array.of(1), Int8Array.of(1)],
  ])('not of %o and %o', (a, b) => {
    expect(() => similarity(a, b, 'hamming')).toThrow(TypeError)
  })
})

test('vectors of different types are not compared', () => {
  expect(() => similarity(Float32Array.of(1), Int8Array.of(1))).toThrow(
    'vectors differ in the type of their elements: Float32Array and Int8Array',
  )
  expect(similarity(Int8Array.of(3, 4), Int8Array.of(3, 4))).toBe(1)
  expect(similarity(Float32Array.of(1, 0), [1, 0])).toBe(1)
})
