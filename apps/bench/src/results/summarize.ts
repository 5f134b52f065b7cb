import type { Measurement } from '../measuring/measurement.ts'
import { spreadOf } from '../measuring/spread.ts'
import type { Suite } from '../suite.ts'
import { judge } from './judge.ts'
import { dividedBy, findMeasurement } from './rounds.ts'
import type { ResultRow, SuiteResult, Unit } from './suite-result.ts'

/** The figures of a suite, and what became of its goals. */
export function summarize(suite: Suite, measurements: readonly Measurement[]): SuiteResult {
  const { quantity, unit } = describeFigures(suite)
  const first = (role: string): Measurement | undefined => measurements.find((one) => one.role === role)
  const [ours, floor] = hasRatios(suite) ? [first('ours'), first('floor')] : []
  return {
    name: suite.name,
    quantity,
    unit,
    rows: measurements.map((measurement): ResultRow => {
      const { name, role, rounds, wallRounds, points } = measurement
      return {
        name,
        role,
        figure: spreadOf(rounds),
        wall: wallRounds && spreadOf(wallRounds),
        timesOurs: ours && spreadOf(dividedBy(measurement, ours)).median,
        timesFloor: floor && spreadOf(dividedBy(measurement, floor)).median,
        points: points?.map((point) => ({ size: point.size, figure: spreadOf(point.rounds) })),
      }
    }),
    goals: suite.goals.map((goal) => judge(goal, unit, (name) => findMeasurement(measurements, name))),
  }
}

function hasRatios(suite: Suite): boolean {
  // Two exponents are compared by looking at them.
  return suite.kind === 'timed' || (suite.kind === 'sampled' && suite.areAlternatives)
}

function describeFigures(suite: Suite): { quantity: string; unit: Unit } {
  switch (suite.kind) {
    case 'timed':
      return { quantity: `CPU time per ${suite.item}`, unit: 'nanoseconds' }
    case 'sampled':
      return { quantity: suite.quantity, unit: suite.unit }
    case 'growth':
      return { quantity: `exponent, by ${suite.item}`, unit: 'power' }
  }
}
