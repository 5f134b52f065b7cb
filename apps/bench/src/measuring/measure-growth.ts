import type { GrowthSuite } from '../suite.ts'
import { type CostAtSize, fitExponent } from './fit-exponent.ts'
import type { Measurement } from './measurement.ts'
import { timed } from './timed.ts'

const rounds = 7
/** Small sizes are repeated within a round: the clock of the CPU is coarse. */
const shortestRunMs = 20

/** The exponents of the contenders of a suite, one a round, and the costs that they are fitted to. */
export async function measureGrowth({ contenders, sizes }: GrowthSuite): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const { name, role, prepare } of contenders) {
    const works = sizes.map((size) => ({ size, work: prepare(size) }))
    const measured: CostAtSize[][] = []
    // One round more than is kept: the first warms up.
    for (let round = 0; round <= rounds; round++) {
      const costs: CostAtSize[] = []
      // oxlint-disable-next-line no-await-in-loop -- one size at a time, or they would be measured together
      for (const { size, work } of works) costs.push({ size, cost: await costOf(work) })
      if (round > 0) measured.push(costs)
    }
    measurements.push({
      name,
      role,
      rounds: measured.map((costs) => fitExponent(costs)),
      points: sizes.map((size, index) => ({ size, rounds: measured.map((costs) => costs[index]?.cost ?? Number.NaN) })),
    })
  }
  return measurements
}

/** The CPU time of one piece of work, in nanoseconds, from as many as fit into a run that can be measured. */
async function costOf(work: () => void | Promise<void>): Promise<number> {
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
