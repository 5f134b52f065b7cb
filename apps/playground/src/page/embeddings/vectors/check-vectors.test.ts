import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkVectors } from './check-vectors.ts'
import { dot, matrixOf, norm } from './matrix.ts'

const whole = fc.integer({ min: -4, max: 4 })
const vectors = fc.array(
  fc.tuple(whole, whole, whole).map((row) => Float32Array.from(row)),
  { maxLength: 30 },
)

describe('checks of vectors', () => {
  it('find just the vectors of zeros, and just those that point the same way', () => {
    fc.assert(
      fc.property(vectors, (list) => {
        const { zeros, duplicates } = checkVectors(matrixOf(list))
        expect(zeros).toEqual([...list.keys()].filter((row) => norm(list[row]!) === 0))
        const together = (a: number, b: number) => duplicates.some((rows) => rows.includes(a) && rows.includes(b))
        for (const [a, one] of list.entries()) {
          for (const [b, other] of list.entries()) {
            if (a === b || norm(one) === 0 || norm(other) === 0) continue
            expect(together(a, b)).toBe(dot(one, other) / norm(one) / norm(other) > 0.9999)
          }
        }
        expect(new Set(duplicates.flat()).size).toBe(duplicates.flat().length)
      }),
    )
  })

  it('find vectors that are far longer than the others', () => {
    const lengths = [1, 1.02, 0.99, 1.01, 9, 0.98, 1]
    const { oddNorms, norms, isUnitLength } = checkVectors(
      matrixOf(lengths.map((length, row) => Float32Array.from([length * Math.cos(row), length * Math.sin(row)]))),
    )
    expect(oddNorms).toEqual([4])
    expect(norms.median).toBeCloseTo(1)
    expect(norms.max).toBeCloseTo(9)
    expect(isUnitLength).toBe(false)
  })

  it('know unit length, also after rounding', () => {
    const rows = Array.from({ length: 9 }, (_, row) => Float32Array.from([Math.cos(row) * 1.0005, Math.sin(row)]))
    expect(checkVectors(matrixOf(rows))).toMatchObject({ isUnitLength: true, oddNorms: [], zeros: [], duplicates: [] })
  })

  it('have nothing to say about no vectors', () => {
    expect(checkVectors(matrixOf([]))).toEqual({
      norms: { min: 0, median: 0, max: 0 },
      isUnitLength: false,
      zeros: [],
      oddNorms: [],
      duplicates: [],
    })
  })
})
