// node tools/hosts/install.mjs [folder ...]: installs the programs of `tools/hosts`, or the named ones, as their lockfiles say. They take
// more than 20 MB each, so only CI installs them; tests that need one are skipped where it is missing.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const hosts = path.dirname(fileURLToPath(import.meta.url))
const wanted = process.argv.slice(2)
for (const entry of readdirSync(hosts, { withFileTypes: true })) {
  if (!entry.isDirectory() || (wanted.length > 0 && !wanted.includes(entry.name))) continue
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['ci', ...quiet], { cwd: path.join(hosts, entry.name), stdio: 'inherit' })
}
