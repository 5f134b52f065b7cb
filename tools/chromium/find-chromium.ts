import { existsSync } from 'node:fs'

const debianPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]

/**
 * Where Chromium is on this machine: what CHROMIUM_PATH says, or where Debian and its relatives put it. An empty CHROMIUM_PATH
 * means that there is none.
 *
 * @returns `undefined` when there is none, after a notice that browser tests are skipped.
 * @throws where there must be one: when CI is set, or CHROMIUM_PATH leads nowhere.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH: given, CI: ci } = environment
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, and there is no such file.`)
  const found = given === undefined ? debianPaths.find((candidate) => existsSync(candidate)) : given
  if (found) return found
  if (ci !== undefined && ci !== '' && ci !== 'false')
    throw new Error('No Chromium found, and CI runs the browser tests: install it, or set CHROMIUM_PATH.')
  console.warn('SKIPPED: tests in a browser. No Chromium found; install it, or set CHROMIUM_PATH.')
  return undefined
}
