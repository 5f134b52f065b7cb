import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { groups } from './groups.ts'
import { measure } from './measuring/measure.ts'
import { suiteTable, worseningLine } from './reporting/suite-table.ts'
import { findWorsenings } from './results/find-worsenings.ts'
import type { GroupResult } from './results/group-result.ts'
import { describeMachine } from './results/machine.ts'
import { readResults, writeResults } from './results/results-file.ts'
import type { SuiteResult } from './results/suite-result.ts'
import { summarize } from './results/summarize.ts'

const usage = `Usage: npm run bench -- [group ...] [--write] [--json] [--check] [--redraw]

Without a group: all of them, and the report is written (docs/benchmarks.md).
Groups: ${groups.map(({ name }) => name).join(', ')}

  --write   write the report after a run of some groups, too; the others keep their figures
  --json    print the results as JSON, and no tables
  --check   compare with the results of the report, name what is worse by more than noise, and exit with 1 if something is;
            writes nothing without --write
  --redraw  draw the report again, and measure nothing
  --help
`

const names = groups.map(({ name }) => name)
const { values: options, positionals } = readArguments()

if (options.help === true) process.stdout.write(usage)
else if (options.redraw === true) writeResults([], names)
else if (options.child === undefined) await runAll()
else await runGroup(options.child)

async function runAll(): Promise<void> {
  const results: GroupResult[] = []
  const chosen = groups.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  if (options.json !== true) process.stdout.write(`${describeMachine()}\n\n`)
  for (const { name, title, about } of chosen) {
    if (options.json !== true) process.stdout.write(`## ${title}\n\n`)
    // oxlint-disable-next-line no-await-in-loop -- one group at a time, or they would be measured together
    const suites = await runInChild(name)
    results.push({ name, title, about, machine: describeMachine(), measuredOn: today(), suites })
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`)
  if (options.check === true) check(results)
  if (options.write ?? (positionals.length === 0 && options.check !== true)) writeResults(results, names)
}

function check(results: readonly GroupResult[]): void {
  const worsenings = findWorsenings(readResults(), results)
  for (const worsening of worsenings) process.stderr.write(`${worseningLine(worsening)}\n`)
  if (worsenings.length > 0) process.exitCode = 1
  else process.stderr.write('Nothing is worse by more than noise.\n')
}

/** Each group has its own process, so that none is measured with code that another one has made slow. */
async function runInChild(name: string): Promise<readonly SuiteResult[]> {
  const suites: SuiteResult[] = []
  const child = fork(import.meta.filename, ['--child', name], { execArgv: process.execArgv, serialization: 'advanced' })
  child.on('message', (suite: SuiteResult) => {
    suites.push(suite)
    if (options.json !== true) process.stdout.write(`${suiteTable(suite)}\n\n`)
  })
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`The group ${name} failed`)
  return suites
}

async function runGroup(name: string): Promise<void> {
  for (const suite of (await groups.find((group) => group.name === name)?.suites()) ?? []) {
    // oxlint-disable-next-line no-await-in-loop -- one suite at a time, or they would be measured together
    process.send?.(summarize(suite, await measure(suite)))
  }
  process.disconnect()
}

function today(): string {
  return new Date().toISOString().slice(0, 'YYYY-MM-DD'.length)
}

function readArguments(): ReturnType<typeof parse> {
  try {
    return parse()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`)
    process.exit(2)
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the types of the options are inferred
function parse() {
  const parsed = parseArgs({
    allowPositionals: true,
    options: {
      write: { type: 'boolean' },
      json: { type: 'boolean' },
      check: { type: 'boolean' },
      redraw: { type: 'boolean' },
      help: { type: 'boolean' },
      child: { type: 'string' },
    },
  })
  const unknown = parsed.positionals.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Error(`There is no group ${JSON.stringify(unknown)}`)
  return parsed
}
