import { expect, test } from 'vitest'
import type { GroupResult } from '../results/group-result.ts'
import type { ResultRow } from '../results/suite-result.ts'
import { groupPlot } from './group-plot.ts'

const spread = (median: number): ResultRow['figure'] => ({ median, low: median * 0.9, high: median * 1.1 })

const group: GroupResult = {
  name: 'lines',
  title: 'Lines & "more" <1 KB>',
  about: '',
  machine: '',
  measuredOn: '2026-01-01',
  suites: [
    {
      name: 'short',
      quantity: 'CPU time per line',
      unit: 'nanoseconds',
      rows: [
        { name: 'LineDecoder', role: 'ours', figure: spread(20), timesOurs: 1 },
        { name: 'split2', role: 'peer', figure: spread(40), timesOurs: 2 },
      ],
      goals: [],
    },
    {
      name: 'growth',
      quantity: 'exponent',
      unit: 'power',
      rows: ['LineDecoder', 'split2'].map((name, index) => ({
        name,
        role: index === 0 ? 'ours' : 'peer',
        figure: spread(index + 1),
        points: [1, 10, 100].map((size) => ({ size, figure: spread(1000 * size ** (index + 1)) })),
      })),
      goals: [],
    },
  ],
}

const plot = groupPlot(group)

test('text is escaped', () => {
  expect(plot).toContain('<title>Lines &amp; &quot;more&quot; &lt;1 KB&gt;</title>')
  expect(plot).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/)
})

test('a bar is as long as its figure', () => {
  const width = (role: string): number =>
    Number(new RegExp(`<rect class="${role}".*? width="([\\d.]+)"`).exec(plot)?.[1])
  expect(width('peer') / width('ours')).toBeCloseTo(2, 2)
})

test('on logarithmic scales the slope of a line is its exponent', () => {
  const slope = (role: string): number => {
    const path = new RegExp(`<path class="${role}"[^>]*fill: none" d="M(.*?)"`).exec(plot)?.[1] ?? ''
    const [[x1 = 0, y1 = 0] = [], , [x3 = 0, y3 = 0] = []] = path
      .split('L')
      .map((point) => point.split(' ').map(Number))
    return (y1 - y3) / (x3 - x1)
  }
  expect(slope('peer') / slope('ours')).toBeCloseTo(2, 1)
})

test('it asks for nothing from the network and follows the colour scheme', () => {
  expect(plot.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|<script|@import|url\(/)
  expect(plot).toContain('prefers-color-scheme: dark')
})
