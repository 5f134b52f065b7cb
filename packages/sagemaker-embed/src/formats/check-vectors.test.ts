import { expect, test } from 'vitest'
import { checkVectors } from './check-vectors.ts'

const vector = (...numbers: number[]): Float32Array => Float32Array.from(numbers)

test('gives every text its vector', () => {
  const vectors = [vector(1, 2), vector(3, 4)]
  expect(checkVectors(vectors, 2, undefined)).toEqual([{ vector: vectors[0] }, { vector: vectors[1] }])
  expect(checkVectors([], 0, undefined)).toEqual([])
})

test.each<[string, unknown, number, number | undefined, string]>([
  ['no list', { a: 1 }, 1, undefined, 'expected a list of vectors, got object with a'],
  [
    'arrays of a handler that forgot to convert',
    [[1, 2]],
    1,
    undefined,
    'expected a list of vectors, got array[1] of array[2]',
  ],
  ['too few', [vector(1)], 2, undefined, 'expected 2 vectors, got 1 (array[1] of vector[1])'],
  ['too many', [vector(1), vector(1)], 1, undefined, 'expected 1 vectors, got 2'],
  ['a ragged list', [vector(1, 2), vector(1)], 2, undefined, 'expected vectors of 2 numbers, got 1'],
  ['another width than wanted', [vector(1, 2)], 1, 3, 'expected vectors of 3 numbers, got 2'],
  ['empty vectors', [vector()], 1, undefined, 'expected vectors of 0 numbers, got 0'],
])('refuses %s', (_, vectors, count, width, message) => {
  expect(() => checkVectors(vectors, count, width)).toThrow(message)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s fails its text alone', (value) => {
  const checked = checkVectors([vector(1, 2), vector(1, value), vector(0, -0)], 3, undefined)
  expect(checked.map(({ fault }) => fault?.message)).toEqual([
    undefined,
    'number 1 of 2 in the vector is not finite',
    undefined,
  ])
})
