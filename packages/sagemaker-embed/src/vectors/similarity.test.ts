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
