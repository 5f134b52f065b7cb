import { describe, expect, it } from 'vitest'
import { formatBytes, formatCost, formatCount, formatDuration, formatWhen } from './format.ts'

describe('formatDuration', () => {
  it('has the digits that matter', () => {
    expect([0.01, 0.84, 9.96, 12.4, 999.4, 1240, undefined].map((value) => formatDuration(value))).toEqual([
      '< 0.1 ms',
      '0.8 ms',
      '10.0 ms',
      '12 ms',
      '999 ms',
      '1.24 s',
      undefined,
    ])
  })
})

describe('formatCost', () => {
  it('is the part of the hourly price, and unknown where one of the two is', () => {
    expect([formatCost(3_600_000, 1.52), formatCost(1510, 1.52), formatCost(1, 0.001)]).toEqual([
      '$1.5',
      '$0.00064',
      '< $0.000001',
    ])
    expect([formatCost(undefined, 1), formatCost(100, undefined)]).toEqual([undefined, undefined])
  })
})

describe('formatCount', () => {
  it('has the digits that matter', () => {
    expect([7.46, 312.4, 12_480, undefined].map((value) => formatCount(value))).toEqual([
      '7.5',
      '312',
      '12,480',
      undefined,
    ])
  })
})

describe('formatBytes', () => {
  it('counts small sizes exactly', () => {
    expect([12, 9999, 25_300].map((value) => formatBytes(value))).toEqual(['12 B', '9,999 B', '25.3 kB'])
  })
})

describe('formatWhen', () => {
  it('leaves the date out today', () => {
    const now = new Date(2026, 10, 22, 18, 0)
    expect(formatWhen(new Date(2026, 10, 22, 9, 41), now)).toBe('09:41')
    expect(formatWhen(new Date(2026, 10, 12, 9, 41), now)).toBe('12 Nov, 09:41')
  })
})
