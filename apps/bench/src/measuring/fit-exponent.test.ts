import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { fitExponent } from './fit-exponent.ts'

test('finds the exponent of any power law', () => {
  const exponents = double({ min: -1, max: 3, noNaN: true })
  const factors = double({ min: 1e-3, max: 1e6, noNaN: true })
  assert(
    property(exponents, factors, (exponent, factor) => {
      const points = [1, 10, 100].map((size) => ({ size, cost: factor * size ** exponent }))
      expect(fitExponent(points)).toBeCloseTo(exponent, 6)
    }),
  )
})

test('one point that is off tilts the line a little', () => {
  const points = [
    { size: 1, cost: 1 },
    { size: 10, cost: 10 },
    { size: 100, cost: 120 },
  ]
  expect(fitExponent(points)).toBeCloseTo(1 + Math.log10(1.2) / 2, 6)
})
