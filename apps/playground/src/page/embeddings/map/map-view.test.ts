import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitPoints, pointAt, pointNear, pointTowards, toScreen, zoomAt } from './map-view.ts'

const number = fc.float({ min: -100, max: 100, noNaN: true })
const points = fc
  .array(fc.tuple(number, number), { minLength: 1, maxLength: 40 })
  .map((list) => Float32Array.from(list.flat()))
const size = { width: 600, height: 400 }

describe('the view of a map', () => {
  it('shows every point', () => {
    fc.assert(
      fc.property(points, (given) => {
        const view = fitPoints(given, size)
        for (let index = 0; index * 2 < given.length; index += 1) {
          const { x, y } = toScreen(view, pointAt(given, index))
          expect(x).toBeGreaterThan(20)
          expect(x).toBeLessThan(580)
          expect(y).toBeGreaterThan(20)
          expect(y).toBeLessThan(380)
        }
      }),
    )
  })

  it('finds the point at its place, and keeps what is zoomed at where it is', () => {
    fc.assert(
      fc.property(points, fc.nat(39), fc.double({ min: 0.2, max: 5, noNaN: true }), (given, chosen, factor) => {
        const index = chosen % (given.length / 2)
        const view = fitPoints(given, size)
        const place = toScreen(view, pointAt(given, index))
        const found = pointNear(given, view, place, 0.01)
        expect(found).toBeDefined()
        expect(toScreen(view, pointAt(given, found!)).x).toBeCloseTo(place.x, 1)
        const after = toScreen(zoomAt(view, place, factor), pointAt(given, index))
        expect(after.x).toBeCloseTo(place.x, 3)
        expect(after.y).toBeCloseTo(place.y, 3)
      }),
    )
  })

  it('goes on in a direction, and stops at the edge', () => {
    const cross = Float32Array.from([0, 0, 1, 0, 2, 0.1, 0, 3, -1, 0])
    const right = { x: 1, y: 0 }
    expect(pointTowards(cross, 0, right)).toBe(1)
    expect(pointTowards(cross, 1, right)).toBe(2)
    expect(pointTowards(cross, 2, right)).toBeUndefined()
    expect(pointTowards(cross, 0, { x: 0, y: 1 })).toBe(3)
    expect(pointTowards(cross, 0, { x: -1, y: 0 })).toBe(4)
  })
})
