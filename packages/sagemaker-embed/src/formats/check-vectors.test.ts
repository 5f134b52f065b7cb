import { describe, expect, test } from 'vitest'
import { checkOutputs, denseVectors, multiVectors, sparseVectors } from './check-vectors.ts'

const vector = (...numbers: number[]): Float32Array => Float32Array.from(numbers)
const dense = denseVectors(undefined, false)

test('gives every input its vector', () => {
  const vectors = [vector(1, 2), vector(3, 4)]
  expect(checkOutputs(vectors, 2, undefined, dense)).toEqual([{ output: vectors[0] }, { output: vectors[1] }])
  expect(checkOutputs([], 0, undefined, dense)).toEqual([])
})

test.each<[string, unknown, number, number | undefined, string]>([
  ['no list', { a: 1 }, 1, undefined, 'expected a list of vectors, got object with a'],
  ['arrays of a handler that forgot to convert', [[1, 2]], 1, undefined, 'expected a vector, got array[2] of number'],
  ['too few', [vector(1)], 2, undefined, 'expected 2 vectors, got 1 (array[1] of vector[1])'],
  ['too many', [vector(1), vector(1)], 1, undefined, 'expected 1 vectors, got 2'],
  ['a ragged list of no known width', [vector(1, 2), vector(1)], 2, undefined, 'expected vectors of 2 numbers, got 1'],
  ['another width than wanted', [vector(1, 2)], 1, 3, 'expected vectors of 3 numbers, got 2'],
  ['empty vectors', [vector()], 1, undefined, 'expected a vector, got vector[0]'],
])('refuses %s', (_, vectors, count, width, message) => {
  expect(() => checkOutputs(vectors, count, width, dense)).toThrow(message)
})

describe('fails only its own input:', () => {
  const faults = (vectors: unknown[], width?: number): (string | undefined)[] =>
    checkOutputs(vectors, vectors.length, width, dense).map(({ fault }) => fault?.message)

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s', (value) => {
    expect(faults([vector(1, 2), vector(1, value), vector(0, -0)])).toEqual([
      undefined,
      'number 1 of 2 in the vector is not finite',
      undefined,
    ])
  })

  test('a missing vector', () => {
    expect(faults([undefined, vector(1, 2)])).toEqual(['the answer has no vector for this input', undefined])
  })

  test('a vector that has not the width that is known', () => {
    expect(faults([vector(1, 2), vector(1)], 2)).toEqual([undefined, 'expected a vector of 2 numbers, got 1'])
  })
})

describe('the type of the elements', () => {
  test('is the one that was asked for, however the container sent it', () => {
    const read = (numbers: number[], dtype: Parameters<typeof denseVectors>[0]) =>
      checkOutputs([vector(...numbers)], 1, undefined, denseVectors(dtype, false))[0]
    expect(read([-128, 127], 'int8')).toEqual({ output: Int8Array.of(-128, 127) })
    expect(read([0, 255], 'ubinary')).toEqual({ output: Uint8Array.of(0, 255) })
    expect(read([0.5, 1], 'float16')).toEqual({ output: vector(0.5, 1) })
    expect(read([0.5, 1], 'int8')?.fault?.message).toBe('element 0 of 2 is not of the type int8 that was asked for')
    expect(read([1, 256], 'uint8')?.fault?.message).toBe('element 1 of 2 is not of the type uint8 that was asked for')
  })

  test('decides whether a vector can have unit length', () => {
    const unit = (output: Float32Array | Int8Array, dtype?: 'int8') =>
      checkOutputs([output], 1, undefined, denseVectors(dtype, true))[0]?.output
    expect(unit(vector(3, 4))).toEqual(vector(0.6, 0.8))
    expect(unit(Int8Array.of(3, 4), 'int8')).toEqual(Int8Array.of(3, 4))
  })
})

describe('sparse vectors', () => {
  const sparse = (indices: number[], values: number[]) =>
    checkOutputs([{ indices: Uint32Array.from(indices), values: vector(...values) }], 1, undefined, sparseVectors)[0]

  test('are sorted by index', () => {
    expect(sparse([7, 2], [0.5, 1])?.output).toEqual({ indices: Uint32Array.of(2, 7), values: vector(1, 0.5) })
    expect(sparse([], [])?.output).toEqual({ indices: new Uint32Array(), values: vector() })
  })

  test.each([
    ['an index twice', [2, 7, 2], [1, 1, 1], 'an index more than once'],
    ['too few values', [2, 7], [1], '2 indices and 1 values'],
    ['NaN', [2], [Number.NaN], 'not finite'],
  ])('with %s fail', (_, indices, values, message) => {
    expect(sparse(indices, values)?.fault?.message).toContain(message)
  })
})

test('several vectors of one text have one width', () => {
  const check = (...vectors: Float32Array[]) => checkOutputs([vectors], 1, undefined, multiVectors)[0]
  expect(check(vector(1, 2), vector(3, 4))?.output).toEqual([vector(1, 2), vector(3, 4)])
  expect(check(vector(1, 2), vector(3))?.fault?.message).toContain('differ in width: 2 and 1')
  expect(check(vector(1, Number.NaN))?.fault?.message).toContain('not finite')
})
