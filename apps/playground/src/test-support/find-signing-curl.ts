import { spawnSync } from 'node:child_process'

/** @returns whether there is a curl that signs for AWS; `false` after a notice that its tests are skipped. */
export function findSigningCurl(): boolean {
  const { error, stdout } = spawnSync('curl', ['--help', 'all'], { encoding: 'utf8' })
  const found = error === undefined && stdout.includes('--aws-sigv4') && stdout.includes('--fail-with-body')
  if (!found) console.warn('SKIPPED: running the code for curl. No curl with --aws-sigv4 found.')
  return found
}
