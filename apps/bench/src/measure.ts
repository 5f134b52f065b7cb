/** One way of doing the work of a suite. */
export interface Contender {
  readonly name: string
  /** Does all of the work. Returns a checksum, which must be that of the others; undefined for a floor that does only a part. */
  readonly run: () => number | undefined | Promise<number | undefined>
}

/** CPU time of one item, median over the rounds. */
export interface Measurement {
  readonly name: string
  readonly nanosecondsPerItem: number
}

const rounds = 21
const warmUpRounds = 5

/**
 * Runs the contenders in turn, round after round, so that whatever else the machine does hits all of them alike, and takes the
 * median. CPU time is counted and not time on the clock, garbage collection included, which is part of what a decoder costs.
 */
export async function measure(contenders: readonly Contender[], items: number): Promise<Measurement[]> {
  const samples = contenders.map(() => [] as number[])
  const checksums = new Map<string, number>()
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const [index, { name, run }] of contenders.entries()) {
      const start = process.cpuUsage()
      // oxlint-disable-next-line no-await-in-loop -- contenders run one at a time, or they would be measured together
      const checksum = await run()
      const { user, system } = process.cpuUsage(start)
      if (round >= warmUpRounds) samples[index]?.push(((user + system) * 1000) / items)
      if (checksum !== undefined) checksums.set(name, checksum)
    }
  }
  if (new Set(checksums.values()).size > 1) throw new Error(`Contenders disagree: ${JSON.stringify([...checksums])}`)
  return contenders.map(({ name }, index) => ({ name, nanosecondsPerItem: median(samples[index] ?? []) }))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
