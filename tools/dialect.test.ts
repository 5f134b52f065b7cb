import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { dialectProblems } from './dialect.ts'

const root = path.join(import.meta.dirname, '..')
const folders = ['packages/*/src', 'packages/*/scripts', 'apps/*/src', 'tools']

test('all source files are written in one dialect', () => {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.ts`),
    { cwd: root },
  ).filter((file) => !/node_modules|dialect/.test(file))
  expect(files.length).toBeGreaterThan(1000)
  const problems = files.flatMap((file) =>
    dialectProblems(readFileSync(path.join(root, file), 'utf8')).map((problem) => `${file}: ${problem}`),
  )
  expect(problems).toEqual([])
})

test.each([
  'count += 1',
  '    this.#count -= 1',
  'const MAX_SIZE = 1',
  ' * @throws RangeError when it is empty',
  ' * @param name the name',
  ' * @param name',
  ' * @default 4',
  ' * @return nothing',
  '  /** How often. Default: once. */',
])('%s is found', (code) => {
  expect(dialectProblems(`\n${code}\n`)).toEqual([expect.stringContaining(`line 2: ${code.trim().slice(0, 5)}`)])
})

test.each([
  'count++',
  'total = count += 10',
  'count += 10',
  'const maxSize = 1',
  ' * @throws {RangeError} when it is empty',
  ' * @throws the reason of the signal',
  ' * @param name - the name',
  ' * @defaultValue 4',
  ' * @returns nothing',
])('%s is not', (code) => {
  expect(dialectProblems(code)).toEqual([])
})
