import type { SuiteResult } from '../results/suite-result.ts'
import { formatFigure } from './format-figure.ts'
import { element, label, type Panel } from './svg.ts'

const titleHeight = 30
const rowHeight = 22
const barHeight = 14
const barLeft = 370
const longestBar = 340

/** A bar for each contender, as long as its median, with a line from quartile to quartile. */
export function barPlot({ name, rows, unit, quantity }: SuiteResult): Panel {
  const longest = Math.max(...rows.map(({ figure }) => figure.high))
  const lengthOf = (value: number): number => (Math.max(value, 0) / longest) * longestBar
  const bars = rows.flatMap((row, index) => {
    const top = titleHeight + index * rowHeight
    const middle = top + barHeight / 2
    const [low, high] = [barLeft + lengthOf(row.figure.low), barLeft + lengthOf(row.figure.high)]
    const end = barLeft + Math.max(lengthOf(row.figure.median), 1)
    const times = row.timesOurs === undefined ? '' : `, ${formatFigure(row.timesOurs)} times ours`
    return [
      label(row.name, { x: barLeft - 10, y: middle + 5, 'text-anchor': 'end' }),
      element('rect', { class: row.role, x: barLeft, y: top, width: end - barLeft, height: barHeight, rx: 2 }),
      ...(high - low < 1
        ? []
        : [element('path', { class: 'whisker', d: `M${low.toFixed(1)} ${middle}H${high.toFixed(1)}` })]),
      label(`${formatFigure(row.figure.median, unit)}${row.role === 'ours' ? '' : times}`, {
        class: 'axis',
        x: Math.max(end, high) + 8,
        y: middle + 4,
      }),
    ]
  })
  return {
    height: titleHeight + rows.length * rowHeight,
    elements: [label(`${name} — ${quantity}`, { class: 'title', x: 10, y: 14 }), ...bars],
  }
}
