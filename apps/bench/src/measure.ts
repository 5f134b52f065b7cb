/** One way of doing the work of a suite. */
export interface Contender {
  readonly name: string
  /** Does all of the work. Returns a checksum, which must be that of the others; undefined for a floor that does only a part. */
  readonly run: () => number | undefined | Promise<number | undefined>
}

/** CPU time per item, in nanoseconds, of each round. */
export interface Measurement {
  readonly name: string
  readonly rounds: readonly number[]
}

const warmUpRounds = 5
const defaultRounds = 25

/**
 * Runs the contenders in turn, round after round, so that whatever else the machine does hits all of them alike. CPU time is
 * counted and not time on the clock, garbage collection included, which is part of what a decoder costs.
 */
export async function measure(
  contenders: readonly Contender[],
  items: number,
  rounds: number = defaultRounds,
): Promise<Measurement[]> {
  const measurements = contenders.map(({ name }) => ({ name, rounds: [] as number[] }))
  const checksums = new Map<string, number>()
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const [index, { name, run }] of contenders.entries()) {
      const start = process.cpuUsage()
      // oxlint-disable-next-line no-await-in-loop -- contenders run one at a time, or they would be measured together
      const checksum = await run()
      const { user, system } = process.cpuUsage(start)
      if (round >= warmUpRounds) measurements[index]?.rounds.push(((user + system) * 1000) / items)
      if (checksum !== undefined) checksums.set(name, checksum)
    }
  }
  if (new Set(checksums.values()).size > 1) throw new Error(`Contenders disagree: ${JSON.stringify([...checksums])}`)
  return measurements
}

/** The median of the rounds. */
export function medianTime({ rounds }: Measurement): number {
  return median(rounds)
}

/** How many times as long as `faster` `slower` takes: the median of the ratios within each round. */
export function medianRatio(slower: Measurement, faster: Measurement): number {
  return median(slower.rounds.map((time, round) => time / (faster.rounds[round] ?? Number.NaN)))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
