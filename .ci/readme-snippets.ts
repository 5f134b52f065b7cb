// node .ci/readme-snippets.ts [folder ...]: runs the examples in the README of each folder.
import { execFileSync } from 'node:child_process'
import path from 'node:path'

// The workspace packages resolve to their sources, as in the tests.
const script = path.join(import.meta.dirname, 'snippets', 'main.ts')
try {
  execFileSync(process.execPath, ['--conditions=@x/source', script, ...process.argv.slice(2)], { stdio: 'inherit' })
} catch {
  process.exitCode = 1
}
