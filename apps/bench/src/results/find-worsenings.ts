import type { GroupResult } from './group-result.ts'
import type { GoalResult } from './suite-result.ts'

/** A figure that is worse than the one of another run by more than noise. */
export interface Worsening {
  readonly suite: string
  /** What is bounded, such as `split2 / LineDecoder`. */
  readonly subject: string
  readonly before: GoalResult
  readonly now: GoalResult
}

/**
 * What has become worse, by the figures that have goals: ratios within a run, exponents and sizes, which hold on every machine; times
 * only if both runs were on the same one. A figure is worse if the half of its rounds in the middle is, all of it, worse than that of
 * before.
 *
 * @param before - results of a run, of groups that are not in `now`, too.
 */
export function findWorsenings(before: readonly GroupResult[], now: readonly GroupResult[]): readonly Worsening[] {
  return now.flatMap(({ name, machine, suites }) => {
    const group = before.find((one) => one.name === name)
    return suites.flatMap((suite) => {
      const known = group?.suites.find((one) => one.name === suite.name)?.goals ?? []
      return suite.goals.flatMap((goal): Worsening[] => {
        const earlier = known.find(({ subject }) => subject === goal.subject)
        if (earlier === undefined || (isTime(goal) && group?.machine !== machine)) return []
        return isWorse(earlier, goal) ? [{ suite: suite.name, subject: goal.subject, before: earlier, now: goal }] : []
      })
    })
  })
}

function isWorse({ figure: before }: GoalResult, { figure: now, atMost }: GoalResult): boolean {
  return atMost === undefined ? now.high < before.low : now.low > before.high
}

function isTime({ unit }: GoalResult): boolean {
  return unit === 'nanoseconds' || unit === 'milliseconds'
}
