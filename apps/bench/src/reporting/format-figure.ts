import type { Spread } from '../measuring/spread.ts'
import type { Unit } from '../results/suite-result.ts'

/** A figure as a reader wants it: three digits or so, in a unit that fits. A figure without a unit is a ratio or an exponent. */
export function formatFigure(value: number, unit?: Unit): string {
  switch (unit) {
    case 'nanoseconds':
      return scale(value, [' ns', ' µs', ' ms', ' s'])
    case 'milliseconds':
      return value < 1000 ? `${round(value)} ms` : `${round(value / 1000)} s`
    case 'bytes':
      return scale(value, [' B', ' kB', ' MB', ' GB'])
    case 'power':
    case undefined:
      return value.toFixed(2)
  }
}

/** The median, with the quartiles in brackets where the figure varies. */
export function formatSpread({ median, low, high }: Spread, unit?: Unit): string {
  const [middle, from, to] = [median, low, high].map((value) => formatFigure(value, unit))
  return from === to ? `${middle}` : `${middle} (${from} to ${to})`
}

/** Each unit is a thousand of the one before. */
function scale(value: number, units: readonly string[]): string {
  let scaled = value
  let index = 0
  while (Math.abs(scaled) >= 1000 && index < units.length - 1) {
    scaled /= 1000
    index++
  }
  return `${round(scaled)}${units[index]}`
}

function round(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}
