import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { cosineMatrix } from './cosine-matrix.ts'
import { matrixOf } from './matrix.ts'
import { nearestNeighbourGraph } from './nearest-neighbour-graph.ts'

const whole = fc.integer({ min: -5, max: 5 })
const vector = fc
  .tuple(whole, whole, whole)
  .filter((row) => row.some((value) => value !== 0))
  .map((row) => Float32Array.from(row))

it('has for every vector the smallest distances there are, itself first', () => {
  fc.assert(
    fc.property(fc.array(vector, { minLength: 2, maxLength: 25 }), fc.integer({ min: 2, max: 6 }), (list, wanted) => {
      const size = Math.min(wanted, list.length)
      const { indices, distances } = nearestNeighbourGraph(matrixOf(list), size)
      const { values, count } = cosineMatrix(list)
      for (let row = 0; row < count; row += 1) {
        expect(indices[row]?.[0]).toBe(row)
        expect(new Set(indices[row]).size).toBe(size)
        const others = Array.from(values.subarray(row * count, (row + 1) * count), (cosine) => Math.max(0, 1 - cosine))
          .filter((_, index) => index !== row)
          .sort((a, b) => a - b)
        for (const [rank, distance] of (distances[row] ?? []).slice(1).entries())
          expect(distance).toBeCloseTo(others[rank]!, 5)
      }
    }),
  )
})
