import { expect, test } from 'vitest'
import { formatFigure, formatSpread } from './format-figure.ts'

test.each([
  [51.26, 'nanoseconds', '51.3 ns'],
  [999, 'nanoseconds', '999 ns'],
  [9876, 'nanoseconds', '9.88 µs'],
  [356_600, 'nanoseconds', '357 µs'],
  [25_400_000, 'nanoseconds', '25.4 ms'],
  [12_345_678_901, 'nanoseconds', '12.3 s'],
  [3.456, 'milliseconds', '3.46 ms'],
  [12_600, 'bytes', '12.6 kB'],
  [0, 'bytes', '0.00 B'],
  [-15_000, 'nanoseconds', '-15.0 µs'],
  [1.034, 'power', '1.03'],
] as const)('%d %s is written %s', (value, unit, text) => {
  expect(formatFigure(value, unit)).toBe(text)
})

test('a ratio has two decimals', () => {
  expect(formatFigure(5.4162)).toBe('5.42')
})

test('a spread is written with its quartiles', () => {
  expect(formatSpread({ median: 1.34, low: 1.31, high: 1.4 })).toBe('1.34 (1.31 to 1.40)')
})

test('a figure that does not vary is written once', () => {
  expect(formatSpread({ median: 10_814, low: 10_814, high: 10_814 }, 'bytes')).toBe('10.8 kB')
})
