import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { similarity, type SimilarityMetric } from './similarity.ts'
import { topK } from './top-k.ts'

test('gives the most alike first', () => {
  const vectors = [
    [0, 1],
    [1, 0],
    [1, 1],
    [-1, 0],
  ]
  expect(topK([1, 0], vectors, 2)).toEqual([
    { index: 1, score: 1 },
    { index: 2, score: expect.closeTo(Math.SQRT1_2) },
  ])
  expect(topK([1, 0], vectors, 1, 'euclidean')).toEqual([{ index: 1, score: 0 }])
})

test('is what sorting everything gives, in the order of the list where scores are equal', () => {
  const vector = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 2, maxLength: 2 })
  const metrics: SimilarityMetric[] = ['cosine', 'dot', 'euclidean']
  fc.assert(
    fc.property(
      vector,
      fc.array(vector, { maxLength: 30 }),
      fc.nat(12),
      fc.constantFrom(...metrics),
      (query, vectors, k, metric) => {
        const sorted = vectors
          .map((other, index) => ({ index, score: similarity(query, other, metric) }))
          .toSorted((x, y) => y.score - x.score || x.index - y.index)
        expect(topK(query, vectors, k, metric)).toEqual(sorted.slice(0, k))
      },
    ),
  )
})

test('puts vectors that are not finite last', () => {
  expect(
    topK(
      [1, 0],
      [
        [Number.NaN, 0],
        [-1, 0],
      ],
      2,
    ),
  ).toEqual([
    { index: 1, score: -1 },
    { index: 0, score: Number.NEGATIVE_INFINITY },
  ])
})

test.each([-1, 1.5, Number.NaN])('refuses k = %d', (k) => {
  expect(() => topK([1], [[1]], k)).toThrow(RangeError)
})

test('refuses a vector of another width', () => {
  expect(() => topK([1], [[1], [1, 2]], 1)).toThrow('vectors differ in width: 1 and 2')
})

test('ranks packed bits by the bits they share', () => {
  const vectors = [Uint8Array.of(0b0000_1111), Uint8Array.of(0b1111_0001), Uint8Array.of(0b1111_0000)]
  expect(topK(Uint8Array.of(0b1111_0000), vectors, 2, 'hamming')).toEqual([
    { index: 2, score: 1 },
    { index: 1, score: 7 / 8 },
  ])
})
