// `npm test`: installs, builds, checks everything that can be checked, runs every test, and ends with one summary line.
// `npm test -- --only=build,tests [vitest arguments]` runs the named steps only.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { commandArguments, fail, install, run, secondsSince } from './bootstrap.mjs'

/** Name of each check and the command that a developer would type for it. */
const checks = {
  build: 'turbo run build --output-logs=errors-only',
  types: 'turbo run typecheck typecheck:packages --output-logs=errors-only',
  lint: 'oxlint --type-aware --deny-warnings',
  'api-reports': 'turbo run api:check --output-logs=errors-only',
  'unused-code': 'knip --no-config-hints',
  format: 'oxfmt --check',
  layers: 'turbo boundaries',
}

const steps = [...Object.keys(checks), 'tests']
const { values, tokens } = parseArgs({
  args: commandArguments,
  options: { only: { type: 'string', default: steps.join() } },
  strict: false,
  tokens: true,
})
const chosen = values.only.split(',')
const unknown = chosen.filter((name) => !steps.includes(name))
if (unknown.length > 0) fail(`There is no step ${unknown.join(', ')}. The steps are: ${steps.join(', ')}.`)
const vitestArguments = tokens.filter(({ name }) => name !== 'only').map(({ index }) => commandArguments[index])

const failed = []
const say = (text) => process.stdout.write(text + '\n')

/** Runs a step and prints its result and its time. `work` returns whether it passed, and what to show if it did not. */
async function step(name, work) {
  const start = performance.now()
  const { passed, details = '' } = await work()
  if (!passed) failed.push(name)
  say(`${details}${passed ? 'ok  ' : 'FAIL'}  ${name} (${secondsSince(start)})`)
  return passed
}

async function check(commandLine) {
  const [command, ...args] = commandLine.split(' ')
  const { code, output } = await run(command, args, { show: false })
  return { passed: code === 0, details: code === 0 ? '' : `${output}\n$ ${commandLine}\n` }
}

let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }

async function tests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'results-'))
  const results = path.join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  const { code } = await run('vitest', ['run', ...reporters, ...vitestArguments])
  try {
    counts = JSON.parse(readFileSync(results, 'utf8'))
  } catch {
    counts = { ...counts, numFailedTests: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { passed: code === 0 }
}

const start = performance.now()
await step('install', async () => {
  await install()
  return { passed: true }
})
const { build, ...others } = checks
if (chosen.includes('build') && !(await step('build', () => check(build)))) process.exit(1)
// Two at a time: most of them use one processor.
const waiting = Object.entries(others).filter(([name]) => chosen.includes(name))
const worker = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, commandLine] = next
    await step(name, () => check(commandLine))
  }
}
await Promise.all([worker(), worker()])
if (chosen.includes('tests')) await step('tests', tests)

say(failed.length === 0 ? 'Everything is green.' : `Failed: ${failed.join(', ')}.`)
say(
  `tests: ${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped (${secondsSince(start)} in all)`,
)
process.exitCode = failed.length === 0 ? 0 : 1
