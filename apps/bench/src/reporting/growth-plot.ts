import type { ResultRow, SuiteResult } from '../results/suite-result.ts'
import { formatFigure } from './format-figure.ts'
import { element, label, type Panel } from './svg.ts'

const [left, right, top, bottom] = [90, 520, 40, 280]
const legendLeft = right + 30
/** Lines differ by their dashes, which are told apart in any colours. */
const dashes = ['', '7 4', '2 3', '10 3 2 3', '14 5', '4 6']

/** Cost over size, both on logarithmic scales: the slope of a line is the exponent of its growth. */
export function growthPlot({ name, rows, quantity }: SuiteResult): Panel {
  const points = rows.flatMap((row) => pointsOf(row))
  const x = logarithmicScale(
    points.map(({ size }) => size),
    [left, right],
  )
  const y = logarithmicScale(
    points.map(({ cost }) => cost),
    [bottom, top],
  )
  const sizes = [...new Set(points.map(({ size }) => size))]
  const slowestFirst = rows.toSorted((a, b) => lastCost(b) - lastCost(a))
  return {
    height: bottom + 30,
    elements: [
      label(`${name} — CPU time and ${quantity}`, { class: 'title', x: 10, y: 14 }),
      ...sizes.flatMap((size) => [
        element('path', { class: 'grid', d: `M${x(size).toFixed(1)} ${top}V${bottom}` }),
        label(size.toLocaleString('en'), { class: 'axis', x: x(size), y: bottom + 18, 'text-anchor': 'middle' }),
      ]),
      ...powersOfTen(points.map(({ cost }) => cost)).flatMap((cost) => [
        element('path', { class: 'grid', d: `M${left} ${y(cost).toFixed(1)}H${right}` }),
        label(formatTick(cost), { class: 'axis', x: left - 8, y: y(cost) + 4, 'text-anchor': 'end' }),
      ]),
      ...slowestFirst.flatMap((row, index) => {
        const line = {
          class: row.role,
          'stroke-width': row.role === 'ours' ? 3 : 1.5,
          'stroke-dasharray': dashes[index % dashes.length] ?? '',
        }
        const path = pointsOf(row).map(({ size, cost }) => `${x(size).toFixed(1)} ${y(cost).toFixed(1)}`)
        const legendTop = top + 8 + index * 22
        return [
          element('path', { ...line, style: 'fill: none', d: `M${path.join('L')}` }),
          element('path', { ...line, d: `M${legendLeft} ${legendTop}H${legendLeft + 30}` }),
          label(`${row.name}: ${formatFigure(row.figure.median)}`, { x: legendLeft + 40, y: legendTop + 5 }),
        ]
      }),
    ],
  }
}

function pointsOf({ points = [] }: ResultRow): { readonly size: number; readonly cost: number }[] {
  return points.map(({ size, figure }) => ({ size, cost: figure.median }))
}

function lastCost(row: ResultRow): number {
  return pointsOf(row).at(-1)?.cost ?? 0
}

function logarithmicScale(values: readonly number[], [from, to]: readonly [number, number]): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))]
  return (value) => from + ((Math.log(value) - low) / (high - low)) * (to - from)
}

function powersOfTen(values: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(Math.min(...values)))
  const last = Math.floor(Math.log10(Math.max(...values)))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index))
}

function formatTick(nanoseconds: number): string {
  if (nanoseconds >= 1e9) return `${nanoseconds / 1e9} s`
  if (nanoseconds >= 1e6) return `${nanoseconds / 1e6} ms`
  return nanoseconds >= 1000 ? `${nanoseconds / 1000} µs` : `${nanoseconds} ns`
}
