import type { Measurement } from '../measuring/measurement.ts'

/** @throws {Error} when there is none: a goal names a contender that does not exist. */
export function findMeasurement(measurements: readonly Measurement[], name: string): Measurement {
  const measurement = measurements.find((one) => one.name === name)
  if (measurement === undefined) throw new Error(`No contender is called ${JSON.stringify(name)}`)
  return measurement
}

/** The ratio within each round: what slows a round slows both. */
export function dividedBy(numerator: Measurement, denominator: Measurement): number[] {
  return numerator.rounds.map((value, round) => value / (denominator.rounds[round] ?? Number.NaN))
}

/** The difference within each round. */
export function difference(minuend: Measurement, subtrahend: Measurement): number[] {
  return minuend.rounds.map((value, round) => value - (subtrahend.rounds[round] ?? Number.NaN))
}
