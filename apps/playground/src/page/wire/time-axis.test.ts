import { describe, expect, it } from 'vitest'
import { ticksBetween } from './time-axis.ts'

const labels = (from: number, to: number, scale: number) => ticksBetween(from, to, scale).map(({ label }) => label)

describe('ticksBetween', () => {
  it('marks round times that stand far enough apart', () => {
    expect(labels(0, 450, 1)).toEqual(['0 ms', '100 ms', '200 ms', '300 ms', '400 ms'])
    expect(labels(0, 5000, 0.1)).toEqual(['0 s', '1 s', '2 s', '3 s', '4 s', '5 s'])
    expect(labels(990, 1030, 6)).toEqual(['1.00 s', '1.02 s'])
    expect(labels(0, 0.35, 1000)).toEqual(['0 ms', '0.1 ms', '0.2 ms', '0.3 ms'])
  })
})
