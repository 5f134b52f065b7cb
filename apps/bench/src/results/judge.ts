import type { Goal } from '../goal.ts'
import type { Measurement } from '../measuring/measurement.ts'
import { spreadOf } from '../measuring/spread.ts'
import { difference, dividedBy } from './rounds.ts'
import type { GoalResult, Unit } from './suite-result.ts'

/** Whether a goal is reached, by the median over the rounds. */
export function judge(goal: Goal, unit: Unit, find: (name: string) => Measurement): GoalResult {
  const figure = spreadOf(values(goal, find))
  const { atLeast, atMost } = { atLeast: undefined, ...goal }
  const isReached = figure.median >= (atLeast ?? -Infinity) && figure.median <= (atMost ?? Infinity)
  return {
    subject: describe(goal),
    figure,
    unit: goal.kind === 'ratio' ? undefined : unit,
    atLeast,
    atMost,
    isReached,
    reason: isReached ? undefined : goal.reason,
  }
}

function values(goal: Goal, find: (name: string) => Measurement): readonly number[] {
  switch (goal.kind) {
    case 'ratio':
      return dividedBy(find(goal.of), find(goal.over))
    case 'difference':
      return difference(find(goal.of), find(goal.over))
    case 'amount':
    case 'exponent':
      return find(goal.of).rounds
  }
}

function describe(goal: Goal): string {
  switch (goal.kind) {
    case 'ratio':
      return `${goal.of} / ${goal.over}`
    case 'difference':
      return `${goal.of} − ${goal.over}`
    case 'amount':
    case 'exponent':
      return goal.of
  }
}
