import type { GrowthSuite, SampledSuite, Suite, TimedSuite } from '../suite.ts'
import { fitExponent } from './fit-exponent.ts'
import type { Measurement } from './measurement.ts'

const defaultRounds = 25
/** For each so many rounds there is one before them that only warms up. */
const roundsPerWarmUp = 5

/**
 * Measures the contenders of a suite in turn, round after round, so that whatever else the machine does hits all of them alike.
 * Garbage collection is included: it is part of what a decoder costs.
 *
 * @throws Error when contenders that do all of the work arrive at different checksums.
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

/** Small sizes are repeated within a round, since the clock of the CPU is coarse. */
const shortestRunMs = 20
const growthRounds = 7

async function measureGrowth({ contenders, sizes }: GrowthSuite): Promise<Measurement[]> {
  const measurements = contenders.map(({ name, role }) => ({
    name,
    role,
    rounds: [] as number[],
    points: sizes.map((size) => ({ size, rounds: [] as number[] })),
  }))
  for (const [index, { prepare }] of contenders.entries()) {
    const works = sizes.map((size) => prepare(size))
    // Warms up with the small size, and tells how often each fits into a run.
    for (let round = 0; round < growthRounds + 1; round++) {
      for (const [position, work] of works.entries()) {
        // oxlint-disable-next-line no-await-in-loop -- one size at a time, or they would be measured together
        const cpuNs = await repeatedly(work)
        if (round > 0) measurements[index]?.points[position]?.rounds.push(cpuNs)
      }
    }
    const measurement = measurements[index]
    for (let round = 0; round < growthRounds; round++) {
      const costs = measurement?.points.map(({ size, rounds }) => ({ size, cost: rounds[round] ?? Number.NaN }))
      measurement?.rounds.push(fitExponent(costs ?? []))
    }
  }
  return measurements
}

/** The CPU time of one piece of work, in nanoseconds, from as many as fit into a run that can be measured. */
async function repeatedly(work: () => void | Promise<void>): Promise<number> {
  let count = 0
  const { cpuNs } = await timed(async () => {
    const end = performance.now() + shortestRunMs
    do {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what is measured
      await work()
      count++
    } while (performance.now() < end)
  })
  return cpuNs / count
}

async function timed<T>(run: () => T | Promise<T>): Promise<{ cpuNs: number; wallNs: number; result: T }> {
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(startCpu)
  return { cpuNs: (user + system) * 1000, wallNs: (performance.now() - start) * 1e6, result }
}
