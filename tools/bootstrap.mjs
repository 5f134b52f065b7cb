// Runs on any Node >= 18 before anything is installed: no dependency, and no syntax that an older Node cannot parse.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/** Arguments of the command, after the name of the command itself. */
export const commandArguments = process.argv.slice(3)

/** The environment of every task: the pinned Node and tools first in the path, telemetry of tools off. */
export const environment = {
  ...process.env,
  PATH: path.join(root, 'node_modules', '.bin') + path.delimiter + process.env.PATH,
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
}

/**
 * Runs a command at the root. Shows its output as it comes (`show: true`) or keeps it, for the case that the command fails.
 *
 * @returns {Promise<{ code: number, output: string }>} exit code (128 + n for a signal) and what was kept of the output
 */
export function run(command, args, { show = true, env = environment } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // npx is a .cmd file on Windows.
      shell: process.platform === 'win32',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) stream.setEncoding('utf8').on('data', (text) => (output += text))
    }
    child.on('error', (error) => resolve({ code: 127, output: output + error.message + '\n' }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 143), output }))
  })
}

/** The machine's own Node only starts the install; every task then runs on the pinned one, so pnpm's words on engines mislead. */
const withoutEngineWarnings = (output) => output.replaceAll(/^.*WARN.*Unsupported engine.*\n/gm, '')

/** How long something took, for people. */
export const secondsSince = (start) => ((performance.now() - start) / 1000).toFixed(1) + ' s'

/** Says in one sentence what went wrong, and ends. What a command printed goes before it. */
export function fail(sentence, output = '') {
  if (output) process.stderr.write(output.endsWith('\n') ? output : output + '\n')
  process.stderr.write('\n' + sentence + '\n')
  process.exit(1)
}

const networkFailures =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL|error sending request|dns error/i

/** Installs the workspace exactly as the lockfile says, with the pinned pnpm, which npm fetches. Quick when nothing changed. */
export async function install() {
  const env = {
    ...environment,
    npm_config_prefer_offline: 'true',
    npm_config_loglevel: 'error',
    // npm waits 10 and 60 seconds between attempts by default: too long to say that there is no network.
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '5000',
  }
  const args = [
    '--yes',
    manifest.packageManager,
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    '--reporter=append-only',
  ]
  const { code, output: printed } = await run('npx', args, { show: false, env })
  if (code === 0) return
  const output = withoutEngineWarnings(printed)
  const unreachable = networkFailures.exec(output)
  if (unreachable) {
    fail(
      `The install could not reach the npm registry (${unreachable[0]}): check the network, or npm's proxy and registry settings, and run the command again.`,
    )
  }
  fail('The install failed: the reason is above.', output)
}
