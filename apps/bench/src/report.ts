import type { Measurement } from './measure.ts'
import type { Goal, Suite } from './suite.ts'

/** What a suite measured, and which of its goals it reached. */
export interface Report {
  readonly markdown: string
  readonly missed: readonly string[]
}

export function report(suite: Suite, measurements: readonly Measurement[]): Report {
  const time = (name: string): number =>
    measurements.find((measurement) => measurement.name === name)?.nanosecondsPerItem ?? Number.NaN
  const [first] = measurements
  const goals = suite.goals.map((goal) => describeGoal(goal, time(goal.slower) / time(goal.faster)))
  const rows = measurements.map(
    ({ name, nanosecondsPerItem }) =>
      `| ${name} | ${formatTime(nanosecondsPerItem)} | ${(nanosecondsPerItem / (first?.nanosecondsPerItem ?? 1)).toFixed(2)} |`,
  )
  const table = [`| ${suite.name} | CPU per ${suite.item} | ratio |`, '|---|--:|--:|', ...rows].join('\n')
  return {
    markdown: [table, ...goals.map(({ text }) => `- ${text}`)].join('\n').replace(/\n- /, '\n\n- '),
    missed: goals.filter(({ isReached }) => !isReached).map(({ text }) => text),
  }
}

function describeGoal(goal: Goal, ratio: number): { text: string; isReached: boolean } {
  const { slower, faster, atLeast, atMost } = goal
  const isReached = ratio >= (atLeast ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY)
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return {
    text: `${slower} / ${faster}: **${ratio.toFixed(2)}** (goal ${bound}${isReached ? '' : ', missed'})`,
    isReached,
  }
}

function formatTime(nanoseconds: number): string {
  return nanoseconds < 10_000 ? `${nanoseconds.toFixed(0)} ns` : `${(nanoseconds / 1e6).toFixed(1)} ms`
}
