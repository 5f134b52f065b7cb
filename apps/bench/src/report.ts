import { type Measurement, medianRatio, medianTime } from './measure.ts'
import type { Goal, Suite } from './suite.ts'

/** What a suite measured, and which of its goals it missed. */
export interface Report {
  readonly markdown: string
  readonly missed: readonly string[]
}

export function report(suite: Suite, measurements: readonly Measurement[]): Report {
  const find = (name: string | undefined): Measurement => {
    const measurement = measurements.find((one) => one.name === name)
    if (measurement === undefined) throw new Error(`No contender is called ${name}`)
    return measurement
  }
  const ours = find(suite.ours ?? measurements[0]?.name)
  const goals = suite.goals.map((goal) => describeGoal(goal, medianRatio(find(goal.slower), find(goal.faster))))
  const rows = measurements.map(
    (measurement) =>
      `| ${measurement.name} | ${formatTime(medianTime(measurement))} | ${medianRatio(measurement, ours).toFixed(2)} |`,
  )
  return {
    markdown: [
      `### ${suite.name}`,
      '',
      `| | CPU time per ${suite.item} | times ${ours.name} |`,
      '|---|--:|--:|',
      ...rows,
      '',
      ...goals.map(({ text }) => `- ${text}`),
      '',
    ].join('\n'),
    missed: goals.filter(({ isReached }) => !isReached).map(({ text }) => text),
  }
}

function describeGoal(goal: Goal, ratio: number): { text: string; isReached: boolean } {
  const { slower, faster, atLeast, atMost } = goal
  const isReached = ratio >= (atLeast ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY)
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return {
    text: `${slower} / ${faster}: **${ratio.toFixed(2)}** (goal: ${bound}${isReached ? '' : ', missed'})`,
    isReached,
  }
}

function formatTime(nanoseconds: number): string {
  if (nanoseconds < 10_000) return `${nanoseconds.toFixed(0)} ns`
  return nanoseconds < 1e6 ? `${(nanoseconds / 1000).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(1)} ms`
}
