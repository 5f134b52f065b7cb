import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestVectors } from './nearest-vectors.ts'

const vector = fc.float32Array({
  minLength: 3,
  maxLength: 3,
  noNaN: true,
  noDefaultInfinity: true,
  min: -100,
  max: 100,
})

describe('the nearest vectors', () => {
  it('come by falling cosine, each once, and none that is left out is nearer', () => {
    fc.assert(
      fc.property(vector, fc.array(fc.option(vector, { nil: undefined })), fc.nat(12), (query, vectors, limit) => {
        const found = nearestVectors(query, vectors, limit)
        const all = nearestVectors(query, vectors, Infinity)
        expect(all.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
          [...vectors.keys()].filter((index) => vectors[index] !== undefined),
        )
        expect(all.slice(0, limit)).toEqual(found)
        for (const [rank, { score }] of all.entries()) {
          expect(Math.abs(score)).toBeLessThanOrEqual(1)
          expect(score).toBeLessThanOrEqual(all[rank - 1]?.score ?? 1)
        }
      }),
    )
  })

  it('have the cosine for a score, whatever the lengths', () => {
    const found = nearestVectors(
      new Float32Array([2, 0]),
      [new Float32Array([0, 1]), undefined, new Float32Array([3, 3]), new Float32Array([0, 0]), new Float32Array([1])],
      9,
    )
    expect(found.map(({ index }) => index)).toEqual([2, 0, 3])
    expect(found[0]?.score).toBeCloseTo(Math.SQRT1_2)
    expect(found[2]?.score).toBe(0)
  })
})
