// `npm test`: installs, builds, checks everything that can be checked, runs every test, and ends with one summary line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { install, run } from './bootstrap.mjs'

/** Name of each check and the command that a developer would type for it. */
const checks = {
  build: 'turbo run build --output-logs=errors-only',
  format: 'oxfmt --check',
  lint: 'oxlint --type-aware --deny-warnings',
  types: 'turbo run typecheck --output-logs=errors-only',
  layers: 'turbo boundaries',
  'unused code': 'knip --no-config-hints',
  'API reports': 'turbo run api:check --output-logs=errors-only',
  'API reference': 'node tools/api-reference/main.ts --check',
}

const failed = []
const say = (text) => process.stdout.write(text + '\n')
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1) + ' s'

let since = performance.now()
await install()
say(`ok    install (${seconds(since)})`)

for (const [name, commandLine] of Object.entries(checks)) {
  since = performance.now()
  const [command, ...args] = commandLine.split(' ')
  const { code, output } = await run(command, args, { show: false })
  if (code !== 0) {
    failed.push(name)
    say(output)
  }
  say(code === 0 ? `ok    ${name} (${seconds(since)})` : `FAIL  ${name} (${seconds(since)}): ${commandLine}`)
  if (name === 'build' && code !== 0) process.exit(1)
}

const folder = mkdtempSync(path.join(tmpdir(), 'results-'))
const results = path.join(folder, 'vitest.json')
since = performance.now()
const { code } = await run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
])
let counts
try {
  counts = JSON.parse(readFileSync(results, 'utf8'))
} catch {
  counts = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (code !== 0) failed.push('tests')
say(`${code === 0 ? 'ok   ' : 'FAIL '} tests (${seconds(since)})`)
say(failed.length === 0 ? 'Everything is green.' : `Failed: ${failed.join(', ')}.`)
say(`tests: ${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped`)
process.exitCode = failed.length === 0 ? 0 : 1
