// node tools/bare-machine.mjs [--with=DIRECTORY]: runs both commands in a fresh clone of the last commit, on a machine that has
// Node.js, npm, git and what every Unix has, and nothing else: no pnpm, no browser, no Python, no AWS settings, an empty home.
// `--with` puts a directory first in the PATH, for another Node.js than that of this machine.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { secondsSince } from './bootstrap.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({ options: { with: { type: 'string' } } })

const coreutils =
  'basename cat chmod chown cksum comm cp csplit cut date dd df dirname du echo env expand expr factor false fmt fold head id join link ln ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pr printenv printf pwd readlink realpath rm rmdir seq sha1sum sha256sum shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink wc whoami yes'
const programs = ['node', 'npm', 'npx', 'git', 'sh', 'sed', 'grep', ...coreutils.split(' ')]

/** Folders of this machine's PATH, without those of workspaces: their pinned tools are what a bare machine has not. */
const isWorkspace = (folder) => folder.endsWith(path.join('node_modules', '.bin'))
const searched = [
  ...(values.with === undefined ? [] : [values.with]),
  ...process.env.PATH.split(path.delimiter).filter((folder) => !isWorkspace(folder)),
]

/** A folder that has links to the programs of a bare machine. */
function linkPrograms(folder) {
  mkdirSync(folder)
  for (const program of programs) {
    const found = searched.map((place) => path.join(place, program)).find((file) => existsSync(file))
    if (found !== undefined) symlinkSync(realpathSync(found), path.join(folder, program))
  }
}

/** What npm and TLS are set to on this machine, which a company's network may need; and caches, so that a run takes a minute. */
function networkSettings(home) {
  const npmrc = process.env.npm_config_userconfig ?? path.join(homedir(), '.npmrc')
  if (existsSync(npmrc)) copyFileSync(npmrc, path.join(home, '.npmrc'))
  const kept = /^(?:npm_config_(?!user)|NODE_EXTRA_CA_CERTS$|SSL_CERT_|https?_proxy$|no_proxy$)/i
  const own = Object.entries(process.env).filter(([name]) => kept.test(name))
  const shared = process.env.BARE_MACHINE_CACHE ?? path.join(homedir(), '.cache', 'bare-machine')
  return {
    ...Object.fromEntries(own),
    npm_config_cache: path.join(shared, 'npm'),
    pnpm_config_store_dir: path.join(shared, 'pnpm'),
    pnpm_config_cache_dir: path.join(shared, 'pnpm-cache'),
  }
}

/**
 * Test files that start programs, but cannot tell one machine from another, and why. They are the slowest, and `npm test` has run them
 * on this one. A new file that starts programs runs on the bare machine unless it is named here.
 */
const sameEverywhere = [
  // Compiles, bundles and packs what is in the clone, with tools that are.
  'tools/packages/published-packages.test.ts',
  // Makes a bare machine for each sample: an empty home, a PATH with Node.js only, no other variable.
  'tools/snippets/readme-snippets.test.ts',
]

/** Test files that need something of the machine: programs, its environment, a browser. All others have run already. */
function testsOfTheMachine() {
  const tracked = execFileSync('git', ['ls-files', '*.test.ts'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  const needs = /node:child_process|playwright-core|@x\/tools|process\.env\b|homedir/
  const seen = new Map()
  const needsMachine = (file) => {
    if (!seen.has(file)) {
      seen.set(file, false)
      const text = readFileSync(path.join(root, file), 'utf8')
      const helpers = [...text.matchAll(/'(\.{1,2}\/[^']*\.ts)'/g)]
        .map(([, specifier]) => path.join(path.dirname(file), specifier))
        .filter((helper) => /^tools|test-support|__fixtures__/.test(helper) && existsSync(path.join(root, helper)))
      seen.set(file, needs.test(text) || helpers.some(needsMachine))
    }
    return seen.get(file)
  }
  return tracked.filter((file) => !sameEverywhere.includes(file) && needsMachine(file))
}

const folder = mkdtempSync(path.join(tmpdir(), 'bare-machine-'))
const home = path.join(folder, 'home')
const clone = path.join(folder, 'clone')
const bin = path.join(folder, 'bin')
mkdirSync(home)
linkPrograms(bin)
// Chromium is looked for by path, too; empty means none. Tests that want it are skipped.
const env = { HOME: home, PATH: bin, TMPDIR: folder, CHROMIUM_PATH: '', ...networkSettings(home) }

/** Runs a command in the clone; ends this program with a sentence if it fails. */
function run(title, command, args) {
  const start = performance.now()
  process.stdout.write(`\n--- bare machine: ${title}\n`)
  const { status, error } = spawnSync(path.join(bin, command), args, { cwd: clone, env, stdio: 'inherit' })
  if (status !== 0) {
    throw new Error(
      `On a bare machine, ${title} failed (${error?.message ?? `exit code ${status}`}). The clone: ${clone}`,
    )
  }
  process.stdout.write(`--- bare machine: ${title} passed (${secondsSince(start)})\n`)
}

const start = performance.now()
execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone])
const version = execFileSync(path.join(bin, 'node'), ['--version'], { env, encoding: 'utf8' }).trim()
process.stdout.write(`A bare machine with Node.js ${version}\n`)
try {
  run('npm start -- --once', 'npm', ['start', '--', '--once'])
  run('npm test', 'npm', ['test', '--', '--only=build,tests', ...testsOfTheMachine()])
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`The bare machine is green (${secondsSince(start)}).\n`)
} catch (error) {
  process.stderr.write(`\n${error.message}\n`)
  process.exitCode = 1
}
