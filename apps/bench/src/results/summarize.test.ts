import { expect, test } from 'vitest'
import type { Goal } from '../goal.ts'
import type { Measurement } from '../measuring/measurement.ts'
import type { TimedSuite } from '../suite.ts'
import { summarize } from './summarize.ts'

const measurements: readonly Measurement[] = [
  { name: 'ours', role: 'ours', rounds: [10, 20, 40], wallRounds: [11, 21, 41] },
  { name: 'peer', role: 'peer', rounds: [15, 32, 50], wallRounds: [16, 33, 51] },
  { name: 'floor', role: 'floor', rounds: [5, 10, 10], wallRounds: [5, 10, 10] },
]

function summaryOf(...goals: Goal[]): ReturnType<typeof summarize> {
  const suite: TimedSuite = { kind: 'timed', name: 'a suite', item: 'line', items: 1, contenders: [], goals }
  return summarize(suite, measurements)
}

test('ratios are those of the rounds, so that what slows a round slows both', () => {
  const { rows } = summaryOf()
  // 15/10, 32/20 and 50/40; the ratio of the medians would be the same 1.6, that of the floor 4 in place of 2.
  expect(rows.map(({ timesOurs }) => timesOurs)).toEqual([1, 1.5, 0.5])
  expect(rows.map(({ timesFloor }) => timesFloor)).toEqual([2, 3.2, 1])
})

test('a ratio is judged by its median', () => {
  const { goals } = summaryOf(
    { kind: 'ratio', of: 'peer', over: 'ours', atLeast: 1.5 },
    { kind: 'ratio', of: 'peer', over: 'ours', atLeast: 1.51, reason: 'The peer is fast.' },
    { kind: 'ratio', of: 'ours', over: 'floor', atMost: 2 },
  )
  expect(goals.map(({ isReached, reason }) => [isReached, reason])).toEqual([
    [true, undefined],
    [false, 'The peer is fast.'],
    [true, undefined],
  ])
})

test('a reason is left out where the goal is reached', () => {
  const [goal] = summaryOf({ kind: 'ratio', of: 'peer', over: 'ours', atLeast: 1, reason: 'never shown' }).goals
  expect(goal).toMatchObject({ subject: 'peer / ours', isReached: true, reason: undefined })
})

test('contenders that do different things have no ratios', () => {
  const { rows } = summarize(
    {
      kind: 'sampled',
      name: 'sizes',
      quantity: 'gzipped',
      unit: 'bytes',
      areAlternatives: false,
      rounds: 3,
      contenders: [],
      goals: [],
    },
    measurements,
  )
  const ratios = rows.flatMap(({ timesOurs, timesFloor }) => [timesOurs, timesFloor])
  expect(ratios.filter((ratio) => ratio !== undefined)).toEqual([])
})

test('differences and amounts are in the unit of the suite', () => {
  const { goals } = summaryOf(
    { kind: 'difference', of: 'peer', over: 'ours', atMost: 9 },
    { kind: 'amount', of: 'ours', atMost: 20 },
  )
  expect(goals).toMatchObject([
    { subject: 'peer − ours', figure: { median: 10 }, unit: 'nanoseconds', isReached: false },
    { subject: 'ours', figure: { median: 20 }, unit: 'nanoseconds', isReached: true },
  ])
})

test('a goal that names nobody is an error', () => {
  expect(() => summaryOf({ kind: 'amount', of: 'nobody', atMost: 1 })).toThrow('No contender is called "nobody"')
})
