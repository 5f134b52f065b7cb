import type { SampledSuite, Suite, TimedSuite } from '../suite.ts'
import { measureGrowth } from './measure-growth.ts'
import type { Measurement } from './measurement.ts'
import { timed } from './timed.ts'

const defaultRounds = 25
/** For each so many rounds there is one before them that only warms up. */
const roundsPerWarmUp = 5

/**
 * Measures the contenders of a suite in turn, round after round, so that whatever else the machine does hits all of them alike.
 * Garbage collection is included: it is part of what a decoder costs.
 *
 * @throws {Error} when contenders that do all of the work arrive at different checksums.
 */
export function measure(suite: Suite): Promise<Measurement[]> {
  switch (suite.kind) {
    case 'timed':
      return measureTimes(suite)
    case 'sampled':
      return measureSamples(suite)
    case 'growth':
      return measureGrowth(suite)
  }
}

async function measureTimes({ contenders, items, rounds = defaultRounds }: TimedSuite): Promise<Measurement[]> {
  const measurements = contenders.map(({ name, role }) => ({
    name,
    role,
    rounds: [] as number[],
    wallRounds: [] as number[],
  }))
  const checksums = new Map<string, number>()
  const warmUpRounds = Math.ceil(rounds / roundsPerWarmUp)
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const [index, { name, run }] of contenders.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- contenders run one at a time, or they would be measured together
      const { cpuNs, wallNs, result } = await timed(run)
      if (round >= warmUpRounds) {
        measurements[index]?.rounds.push(cpuNs / items)
        measurements[index]?.wallRounds.push(wallNs / items)
      }
      if (result !== undefined) checksums.set(name, result)
    }
  }
  if (new Set(checksums.values()).size > 1) throw new Error(`Contenders disagree: ${JSON.stringify([...checksums])}`)
  return measurements
}

async function measureSamples({ contenders, rounds }: SampledSuite): Promise<Measurement[]> {
  const measurements = contenders.map(({ name, role }) => ({ name, role, rounds: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, { sample }] of contenders.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- contenders run one at a time, or they would be measured together
      measurements[index]?.rounds.push(await sample())
    }
  }
  return measurements
}
