import path from 'node:path'
import { expect, test } from 'vitest'
import { expressionsIn, findExpressions, superLinear } from './regular-expressions.ts'

const root = path.resolve(import.meta.dirname, '..')

test.each([
  [/(a+)+$/, 'exponential'],
  [/\s+$/, '2nd degree polynomial'],
  [/^\s*$/, undefined],
])('%s is %s', async (expression, complexity) => {
  const problem = await superLinear({ pattern: expression.source, flags: expression.flags })
  expect(problem?.split(',')[0]).toBe(complexity)
})

test('literals are found wherever they stand', () => {
  const source = 'const a: RegExp = /x+/gi; function f(b = /y/): void { void [`${/z/u.source}`, 1 / 2 / 3] }'
  expect(expressionsIn(source).map(({ pattern }) => pattern)).toEqual(expect.arrayContaining(['x+', 'y', 'z']))
})

test('no regular expression takes more than linear time, since containers write what they read', async () => {
  const problems: string[] = []
  for (const found of await findExpressions(root)) {
    const problem = await superLinear(found)
    if (problem !== undefined) problems.push(`${found.file}: /${found.pattern}/${found.flags} is ${problem}`)
  }
  expect(problems).toEqual([])
}, 300_000)
