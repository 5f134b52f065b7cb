import { spawnSync } from 'node:child_process'

/** The first release that is known to sign the headers it is given (`--aws-sigv4`). */
const [wantedMajor, wantedMinor] = [7, 88]

/** @returns whether there is a curl that signs for AWS; `false` after a notice that its tests are skipped. */
export function findSigningCurl(): boolean {
  const { error, stdout } = spawnSync('curl', ['--version'], { encoding: 'utf8' })
  const [, major = 0, minor = 0] = (error === undefined && /^curl (\d+)\.(\d+)/.exec(stdout)) || []
  const found = Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor)
  if (!found) console.warn(`SKIPPED: running the code for curl. No curl ${wantedMajor}.${wantedMinor} or later found.`)
  return found
}
