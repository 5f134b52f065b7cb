import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { roundScale } from './round-scale.ts'

it('reaches what it shows, in a few even steps', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (largest) => {
      const scale = roundScale(largest, 5)
      expect(scale[0]).toBe(0)
      expect(scale.at(-1)).toBeGreaterThanOrEqual(largest * (1 - 1e-9))
      expect(scale.length).toBeLessThanOrEqual(7)
      expect(scale.at(-2)).toBeLessThan(largest * (1 + 1e-9))
    }),
  )
  expect(roundScale(930, 5)).toEqual([0, 200, 400, 600, 800, 1000])
  expect(roundScale(0, 5)).toEqual([0, 1])
})
