import { expect, test } from 'vitest'
import { measure } from './measure.ts'

test('contenders take turns, round after round, after a warm-up', async () => {
  const turns: string[] = []
  const contender = (name: string) => ({ name, role: 'ours' as const, run: () => void turns.push(name) })
  const [first] = await measure({
    kind: 'timed',
    name: 'turns',
    item: 'turn',
    items: 1,
    rounds: 3,
    contenders: [contender('a'), contender('b')],
    goals: [],
  })
  expect(first?.rounds).toHaveLength(3)
  expect(first?.wallRounds).toHaveLength(3)
  expect(turns.length).toBeGreaterThan(6)
  expect(turns.join('')).toMatch(/^(ab)+$/)
})

test('contenders that disagree are refused', async () => {
  const contender = (name: string, result: number | undefined) => ({ name, role: 'ours' as const, run: () => result })
  const suite = { kind: 'timed', name: 'sums', item: 'sum', items: 1, rounds: 1, goals: [] } as const
  await expect(
    measure({ ...suite, contenders: [contender('right', 2), contender('wrong', 3), contender('a part', undefined)] }),
  ).rejects.toThrow('Contenders disagree: [["right",2],["wrong",3]]')
})

test('a sample is taken once per round', async () => {
  let samples = 0
  const [measured] = await measure({
    kind: 'sampled',
    name: 'counts',
    quantity: 'count',
    unit: 'bytes',
    areAlternatives: true,
    rounds: 4,
    contenders: [{ name: 'count', role: 'ours', sample: () => ++samples }],
    goals: [],
  })
  expect(measured?.rounds).toEqual([1, 2, 3, 4])
})

test('growth tells linear from quadratic work', async () => {
  const work = (steps: number): void => {
    let sum = 0
    for (let step = 0; step < steps; step++) sum += Math.sqrt(step)
    if (Number.isNaN(sum)) throw new Error('not a number')
  }
  const measured = await measure({
    kind: 'growth',
    name: 'steps',
    item: 'steps',
    sizes: [1000, 2000, 4000],
    contenders: [
      { name: 'linear', role: 'ours', prepare: (size) => () => work(size * 100) },
      { name: 'quadratic', role: 'ours', prepare: (size) => () => work((size * size) / 10) },
    ],
    goals: [],
  })
  const [linear = [], quadratic = []] = measured.map(({ rounds }) => rounds.toSorted((a, b) => a - b))
  // Far apart from each other, so that a busy machine cannot swap them.
  expect(linear[3]).toBeLessThan(1.5)
  expect(quadratic[3]).toBeGreaterThan(1.5)
  expect(measured[0]?.points?.map(({ size }) => size)).toEqual([1000, 2000, 4000])
})
