import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matrixOf } from './matrix.ts'
import { principalComponents } from './principal-components.ts'

const coordinate = fc.double({ min: -10, max: 10, noNaN: true })
const vectors = fc
  .integer({ min: 1, max: 8 })
  .chain((dimensions) =>
    fc.array(fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }), { maxLength: 20 }),
  )
  .map((rows) => matrixOf(rows.map((row) => Float32Array.from(row))))

const spread = (points: Float32Array, column: number): number =>
  points.reduce((sum, value, index) => (index % 2 === column ? sum + value * value : sum), 0)

describe('principal components', () => {
  it('are centred, ordered, never more than all the variance, and the same each time', () => {
    fc.assert(
      fc.property(vectors, (matrix) => {
        const { points, explained } = principalComponents(matrix)
        expect(points).toHaveLength(matrix.count * 2)
        expect(points.every(Number.isFinite)).toBe(true)
        const size = Math.max(1, ...points.map(Math.abs))
        for (const column of [0, 1]) {
          const sum = points.reduce((total, value, index) => (index % 2 === column ? total + value : total), 0)
          expect(Math.abs(sum)).toBeLessThan(size * Math.max(1, matrix.count) * 1e-4)
        }
        expect(explained[0] + explained[1]).toBeLessThan(1.0001)
        expect(spread(points, 0)).toBeGreaterThanOrEqual(spread(points, 1) * 0.99 - 1e-6)
        expect(principalComponents(matrix).points).toEqual(points)
      }),
    )
  })

  it('keep every distance of points that lie in a plane, however it is turned', () => {
    const plane = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 25 })
    fc.assert(
      fc.property(plane, fc.double({ min: 0, max: 7, noNaN: true }), (flat, angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)]
        const turned = flat.map(([x, y]) =>
          Float32Array.from([x * c * 0.6 - y * s + 3, x * 0.8, x * s * 0.6 + y * c, 1]),
        )
        const { points, explained } = principalComponents(matrixOf(turned))
        const at = (index: number) => [points[index * 2] ?? 0, points[index * 2 + 1] ?? 0] as const
        for (let a = 0; a < flat.length; a += 1) {
          for (let b = 0; b < a; b += 1) {
            const distance = Math.hypot(flat[a]![0] - flat[b]![0], flat[a]![1] - flat[b]![1])
            expect(Math.hypot(at(a)[0] - at(b)[0], at(a)[1] - at(b)[1])).toBeCloseTo(distance, 2)
          }
        }
        expect(spread(points, 0) <= 0.01 || Math.abs(explained[0] + explained[1] - 1) < 0.005).toBe(true)
      }),
    )
  })

  it('of the same vector over and over are one point', () => {
    const same = matrixOf(Array.from({ length: 5 }, () => Float32Array.from([1, 2, 3])))
    expect(principalComponents(same)).toEqual({ points: new Float32Array(10), explained: [0, 0] })
    expect(principalComponents(matrixOf([]))).toEqual({ points: new Float32Array(0), explained: [0, 0] })
  })
})
