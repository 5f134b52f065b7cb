import { expect, it } from 'vitest'
import { matrixOf } from './matrix.ts'
import { neighbourMap } from './neighbour-map.ts'
import { principalComponents } from './principal-components.ts'

it('keeps three clusters apart, and draws the same map twice', () => {
  const rows = Array.from({ length: 90 }, (_, row) =>
    Float32Array.from(
      { length: 6 },
      (_unused, column) => (column === row % 3 ? 4 : 0) + Math.sin(row * 7 + column * 3) / 3,
    ),
  )
  const matrix = matrixOf(rows)
  const { points: start } = principalComponents(matrix)
  const points = neighbourMap(matrix, start, () => undefined)
  expect(points).toHaveLength(180)
  const distance = (a: number, b: number) =>
    Math.hypot(points[a * 2]! - points[b * 2]!, points[a * 2 + 1]! - points[b * 2 + 1]!)
  for (let row = 0; row < 90; row += 1) {
    const nearest = [...rows.keys()]
      .filter((other) => other !== row)
      .reduce((best, other) => (distance(row, other) < distance(row, best) ? other : best))
    expect(nearest % 3).toBe(row % 3)
  }
  expect(neighbourMap(matrix, start, () => undefined)).toEqual(points)
})
