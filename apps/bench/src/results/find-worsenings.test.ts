import { expect, test } from 'vitest'
import { findWorsenings } from './find-worsenings.ts'
import type { GroupResult } from './group-result.ts'
import type { GoalResult } from './suite-result.ts'

type Quartiles = readonly [low: number, median: number, high: number]

const goalOf = ([low, median, high]: Quartiles, more: Partial<GoalResult> = {}): GoalResult => ({
  subject: 'peer / ours',
  figure: { low, median, high },
  atLeast: 1,
  isReached: true,
  ...more,
})

function runOf(goal: GoalResult, machine = 'a machine', suite = 'a suite'): readonly GroupResult[] {
  const suites = [{ name: suite, quantity: 'CPU time', unit: 'nanoseconds', rows: [], goals: [goal] } as const]
  return [{ name: 'a group', title: '', about: '', machine, measuredOn: '2026-01-01', suites }]
}

const atMost = { atLeast: undefined, atMost: 2 }

test.each<[string, Quartiles, Quartiles, Partial<GoalResult>, number]>([
  ['a ratio that fell below all of before', [1.4, 1.5, 1.6], [1.1, 1.2, 1.3], {}, 1],
  ['a ratio whose quartiles overlap', [1.4, 1.5, 1.6], [1.2, 1.3, 1.41], {}, 0],
  ['a ratio that rose', [1.4, 1.5, 1.6], [1.8, 1.9, 2], {}, 0],
  ['a ratio that may not rise, and rose', [1.4, 1.5, 1.6], [1.8, 1.9, 2], atMost, 1],
  ['a ratio that may not rise, and fell', [1.4, 1.5, 1.6], [1.1, 1.2, 1.3], atMost, 0],
  ['one byte more', [100, 100, 100], [101, 101, 101], { ...atMost, unit: 'bytes' }, 1],
  ['as many bytes', [100, 100, 100], [100, 100, 100], { ...atMost, unit: 'bytes' }, 0],
])('%s', (_, before, now, more, worsenings) => {
  expect(findWorsenings(runOf(goalOf(before, more)), runOf(goalOf(now, more)))).toHaveLength(worsenings)
})

test('times are compared on the same machine only', () => {
  const more = { ...atMost, unit: 'milliseconds' } as const
  const [before, now] = [goalOf([1, 2, 3], more), goalOf([7, 8, 9], more)]
  expect(findWorsenings(runOf(before), runOf(now))).toMatchObject([{ suite: 'a suite', before, now }])
  expect(findWorsenings(runOf(before), runOf(now, 'another machine'))).toEqual([])
})

test('what was not measured before is not worse', () => {
  expect(findWorsenings([], runOf(goalOf([0, 0, 0])))).toEqual([])
  expect(findWorsenings(runOf(goalOf([9, 9, 9]), 'a machine', 'another suite'), runOf(goalOf([0, 0, 0])))).toEqual([])
})
