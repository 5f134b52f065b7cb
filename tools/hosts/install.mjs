// node tools/hosts/install.mjs: installs every program in `tools/hosts` as its lockfile says. They take more than 20 MB each, so only
// `.ci/run` installs them; tests that need one are skipped where it is missing.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const hosts = path.dirname(fileURLToPath(import.meta.url))
for (const entry of readdirSync(hosts, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['ci', ...quiet], { cwd: path.join(hosts, entry.name), stdio: 'inherit' })
}
