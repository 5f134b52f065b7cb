import { expect, test } from 'vitest'
import { mean } from './mean.ts'
import { toUnitLength } from './unit-length.ts'

test('the mean is taken number by number, and not scaled', () => {
  expect(mean([Float32Array.of(1, 2), Float32Array.of(3, -2)])).toEqual(Float32Array.of(2, 0))
  expect(mean([Float32Array.of(1, 2)])).toEqual(Float32Array.of(1, 2))
})

test('the mean of large numbers does not overflow', () => {
  const largest = Float32Array.of(3.4e38)
  expect(mean([largest, largest, largest])).toEqual(largest)
})

test('no vectors, or vectors of different widths, have no mean', () => {
  expect(() => mean([])).toThrow(new RangeError('the mean needs at least one vector'))
  expect(() => mean([Float32Array.of(1), Float32Array.of(1, 2)])).toThrow(RangeError)
})

test('unit length keeps the direction, and a zero vector as it is', () => {
  expect(toUnitLength(Float32Array.of(3, 4))).toEqual(Float32Array.of(0.6, 0.8))
  expect(toUnitLength(Float32Array.of(1.5e38, 2e38))).toEqual(Float32Array.of(0.6, 0.8))
  expect(toUnitLength(Float32Array.of(3e-45, 0))).toEqual(Float32Array.of(1, 0))
  expect(toUnitLength(Float32Array.of(0, 0))).toEqual(Float32Array.of(0, 0))
})
