import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { groups } from '../groups.ts'
import { readResults } from '../results/results-file.ts'
import { renderReport } from './report.ts'

const docs = path.join(import.meta.dirname, '..', '..', '..', '..', 'docs')
const results = readResults()

test('the report in the documentation is what the results give: no figure is typed in', () => {
  const rendered = renderReport(results)
  expect(rendered.size).toBe(results.length + 1)
  const written = new Map([...rendered.keys()].map((file) => [file, readFileSync(path.join(docs, file), 'utf8')]))
  expect(written).toEqual(rendered)
})

test('every group that is measured is in the report, in the order of the command', () => {
  expect(results.map(({ name }) => name)).toEqual(groups.map(({ name }) => name))
})

test('a goal that is missed says so, and why', () => {
  const missed = results.flatMap(({ suites }) =>
    suites.flatMap(({ goals }) => goals.filter(({ isReached }) => !isReached)),
  )
  const page = renderReport(results).get('benchmarks.md') ?? ''
  expect(missed.filter(({ reason }) => reason === undefined)).toEqual([])
  for (const { reason } of missed) expect(page).toContain(`missed). ${reason}`)
})
