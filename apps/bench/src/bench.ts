import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measure } from './measure.ts'
import { report } from './report.ts'
import type { Suite } from './suite.ts'
import { embeddingSuites } from './suites/embeddings.ts'
import { endpointSuites } from './suites/endpoint.ts'
import { frameSuites } from './suites/frames.ts'
import { jsonSuites } from './suites/json.ts'
import { lineSuites } from './suites/lines.ts'
import { longLineSuites } from './suites/long-line.ts'
import { serverSentEventSuites } from './suites/server-sent-events.ts'

// A suite comes when its turn has come: the input of one weighs on the garbage collection of the others.
const groups: Readonly<Record<string, () => Iterable<Suite>>> = {
  sse: serverSentEventSuites,
  lines: lineSuites,
  json: jsonSuites,
  frames: frameSuites,
  'long-line': longLineSuites,
  endpoint: endpointSuites,
  embeddings: embeddingSuites,
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, check: { type: 'boolean' }, child: { type: 'string' } },
})

if (options.child === undefined) runAll()
else await runGroup(options.child)

/** Runs each group in a process of its own, so that none is measured with code that another one has made slow. */
function runAll(): void {
  const names = positionals.length > 0 ? positionals : Object.keys(groups)
  const results = names.map((name) => {
    const { stdout, status } = spawnSync(
      process.execPath,
      [...process.execArgv, import.meta.filename, '--child', name],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    process.stdout.write(stdout)
    // A child fails when it misses a goal. That is worth a failure only where it was asked for: figures depend on the machine.
    if (status !== 0 && (options.check === true || !stdout.includes('missed'))) process.exitCode = 1
    return stdout
  })
  if (options.write === true) writeTables(results.join(''))
}

/** Puts the tables into the README, between the two marks. */
function writeTables(tables: string): void {
  const readme = new URL('../README.md', import.meta.url)
  const machine = `Node.js ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}.`
  const text = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    text.replace(/(<!-- tables -->)[^]*(<!-- end of tables -->)/, `$1\n\n${machine}\n\n${tables.trim()}\n\n$2`),
  )
}

async function runGroup(name: string): Promise<void> {
  for (const suite of groups[name]?.() ?? []) {
    // oxlint-disable-next-line no-await-in-loop -- one suite at a time, or they would be measured together
    const { markdown, missed } = report(suite, await measure(suite.contenders, suite.items, suite.rounds))
    process.stdout.write(`${markdown}\n\n`)
    if (missed.length > 0) process.exitCode = 1
  }
}
