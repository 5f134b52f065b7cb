import { similarity } from '@x/sagemaker-embed'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SparseVector } from '../../../protocol/shown-vector.ts'
import { dot, norm } from './matrix.ts'
import { bitsOf, mostColumns, VectorSpace } from './vector-space.ts'

const cosine = (a: Float32Array, b: Float32Array): number => dot(a, b) / (norm(a) * norm(b))

describe('a vector space', () => {
  it.each([
    ['binary', Int8Array],
    ['ubinary', Uint8Array],
  ] as const)('scores %s vectors by their equal bits, as the package does', (form, Bytes) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.infiniteStream(fc.nat(255)), (bytes, others) => {
        const offset = form === 'binary' ? 128 : 0
        const a = new Bytes(Array.from(bytes, (byte) => byte - offset))
        const b = new Bytes(Array.from(bytes, () => others.next().value - offset))
        const space = new VectorSpace(form, [a, b])
        expect(space.score(cosine(space.dense(a), space.dense(b)))).toBeCloseTo(similarity(a, b, 'hamming'), 5)
      }),
    )
  })

  it('reads bits from the most significant of each byte', () => {
    expect(bitsOf(Uint8Array.of(0b1010_0001)).map(Number)).toEqual([1, 0, 1, 0, 0, 0, 0, 1])
    expect(bitsOf(Int8Array.of(0b1010_0001 - 128)).map(Number)).toEqual([1, 0, 1, 0, 0, 0, 0, 1])
  })

  it('scores integers by their cosine', () => {
    const [a, b] = [Int8Array.of(1, -128, 127), Int8Array.of(3, 5, -7)]
    const space = new VectorSpace('int8', [a, b])
    expect(space.score(cosine(space.dense(a), space.dense(b)))).toBeCloseTo(similarity(a, b), 5)
  })

  const sparse = (entries: Readonly<Record<number, number>>): SparseVector => ({
    indices: Uint32Array.from(Object.keys(entries), Number),
    values: Float32Array.from(Object.values(entries)),
  })

  it('gives the tokens of sparse vectors columns, and leaves out those that the corpus does not have', () => {
    const [a, b] = [sparse({ 7: 1, 30_000: 2 }), sparse({ 7: 3, 9: 4 })]
    const space = new VectorSpace('sparse', [a, undefined, b])
    expect(space.dense(a)).toHaveLength(3)
    expect(dot(space.dense(a), space.dense(b))).toBe(3)
    expect(norm(space.dense(b))).toBe(5)
    expect(norm(space.dense(sparse({ 8: 1 })))).toBe(0)
    expect(space.note).toBeUndefined()
  })

  it('keeps the heaviest tokens of a large vocabulary, and says so', () => {
    const many = sparse(Object.fromEntries(Array.from({ length: mostColumns + 10 }, (_, token) => [token, token + 1])))
    const space = new VectorSpace('sparse', [many])
    expect(space.dense(many)).toHaveLength(mostColumns)
    expect(Math.min(...space.dense(many))).toBe(11)
    expect(space.note).toBe('Drawn from the 2,048 tokens with the most weight, of 2,058.')
  })
})
