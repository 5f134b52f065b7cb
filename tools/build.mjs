// node ../../tools/build.mjs [--separate=FILE]: builds the package in whose folder it is called, declarations and JavaScript.
//
// Bundled, one file for each entry and one for each part that is loaded later: loading many small files takes a program longer
// than running them (docs/decisions/0010-fast-import.md). `--files` leaves one file for each source, for packages whose files are
// few or not loaded by applications. `--separate` names a source that stays a separate file, so that bundlers can drop it.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'rolldown'

const { values } = parseArgs({
  options: { files: { type: 'boolean', default: false }, separate: { type: 'string', multiple: true, default: [] } },
})

rmSync('dist', { recursive: true, force: true })
const only = values.files ? [] : ['--emitDeclarationOnly']
const tsc = path.join(import.meta.dirname, '..', 'node_modules', 'typescript', 'bin', 'tsc')
try {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...only], { stdio: 'inherit' })
} catch {
  // The compiler has said what is wrong.
  process.exit(1)
}

/** Path within `src`, without its ending. */
const nameOf = (file) => path.relative('src', file).replace(/\.ts$/, '')

function isPrivate(name, devDependencies) {
  if (!devDependencies[name]?.startsWith('workspace:')) return false
  return JSON.parse(readFileSync(path.join('node_modules', name, 'package.json'), 'utf8')).private === true
}

if (!values.files) {
  const { exports, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
  const entries = Object.values(exports).flatMap((target) => target['@x/source'] ?? [])
  await build({
    // By their path, as several can have the file name index.ts.
    input: Object.fromEntries([...entries, ...values.separate].map((file) => [nameOf(file), file])),
    // Other packages stay imports, except for private ones of this workspace, which nobody can install.
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id) && !isPrivate(id, devDependencies),
    platform: 'neutral',
    logLevel: 'warn',
    output: {
      dir: 'dist',
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      // No hash: nothing caches a package by its file names, and stack traces stay comparable between versions.
      chunkFileNames: 'chunks/[name].js',
    },
  })
}
