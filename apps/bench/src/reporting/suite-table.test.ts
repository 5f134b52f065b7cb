import { expect, test } from 'vitest'
import type { GoalResult, ResultRow, SuiteResult } from '../results/suite-result.ts'
import { goalLine, suiteTable } from './suite-table.ts'

const exactly = (median: number): ResultRow['figure'] => ({ median, low: median, high: median })

const comparison: SuiteResult = {
  name: 'Lines: short',
  quantity: 'CPU time per line',
  unit: 'nanoseconds',
  rows: [
    { name: 'LineDecoder', role: 'ours', figure: { median: 27, low: 26, high: 30 }, wall: exactly(28), timesOurs: 1 },
    { name: 'split2', role: 'peer', figure: exactly(72), wall: exactly(75), timesOurs: 2.67 },
    { name: 'indexOf', role: 'floor', figure: exactly(20), wall: exactly(21), timesOurs: 0.74 },
  ],
  goals: [{ subject: 'split2 / LineDecoder', figure: exactly(2.67), atLeast: 2.5, isReached: true }],
}

test('a comparison has a row for each contender, and its goals', () => {
  expect(suiteTable(comparison)).toBe(`### Lines: short

|  | CPU time per line | on the clock | times ours |
| --- | --: | --: | --: |
| LineDecoder | 27.0 ns (26.0 ns to 30.0 ns) | 28.0 ns | 1.00 |
| split2 | 72.0 ns | 75.0 ns | 2.67 |
| _indexOf_ | 20.0 ns | 21.0 ns | 0.74 |

- split2 / LineDecoder: **2.67** (goal: at least 2.50)`)
})

test('growth has a column for each size', () => {
  const points = [1000, 10_000].map((size) => ({ size, figure: exactly(size * 20) }))
  const growth: SuiteResult = {
    name: 'A line',
    quantity: 'exponent, by bytes',
    unit: 'power',
    rows: [{ name: 'LineDecoder', role: 'ours', figure: exactly(1), points }],
    goals: [],
  }
  expect(suiteTable(growth)).toBe(`### A line

|  | exponent, by bytes | 1,000 | 10,000 |
| --- | --: | --: | --: |
| LineDecoder | 1.00 | 20.0 µs | 200 µs |`)
})

test('a bound is written in the unit of the suite', () => {
  const goal: GoalResult = { subject: 'all', figure: exactly(7000), unit: 'bytes', atMost: 6000, isReached: false }
  expect(goalLine({ ...goal, reason: 'It does more.' })).toBe(
    'all: **7.00 kB** (goal: at most 6.00 kB, missed). It does more.',
  )
})
