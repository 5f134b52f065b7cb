import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { renderReport } from '../reporting/report.ts'
import type { GroupResult } from './group-result.ts'

const docs = path.join(import.meta.dirname, '..', '..', '..', '..', 'docs')
const resultsPath = path.join(docs, 'benchmarks', 'results.json')

/** The results that the report shows. */
export function readResults(): readonly GroupResult[] {
  try {
    return JSON.parse(readFileSync(resultsPath, 'utf8')) as GroupResult[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Replaces the results of these groups, and draws the report from all that there are, in the order of `names`. */
export function writeResults(measured: readonly GroupResult[], names: readonly string[]): void {
  const byName = new Map([...readResults(), ...measured].map((group) => [group.name, group]))
  const results = names.flatMap((name) => byName.get(name) ?? [])
  mkdirSync(path.dirname(resultsPath), { recursive: true })
  writeFileSync(resultsPath, `${JSON.stringify(results, roundFigures, 1)}\n`)
  for (const [file, text] of renderReport(readResults())) writeFileSync(path.join(docs, file), text)
}

/** Six digits tell more than the machine does. */
function roundFigures(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value
}
