import path from 'node:path'
import { runCommand } from '../packages/run-command.ts'
import type { Release } from './releases.ts'

export interface PublishOptions {
  /** Does everything but the upload. */
  readonly dryRun: boolean
  /**
   * Environment of npm.
   *
   * @defaultValue that of this process
   */
  readonly env?: NodeJS.ProcessEnv | undefined
}

/** What was done with one version of a package. */
export interface PublishResult {
  readonly version: string
  readonly outcome: 'published' | 'would be published' | 'is there already'
}

async function isPublished(version: string, cwd: string, env?: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await runCommand('npm', ['view', version, 'version'], { cwd, env })
    return true
  } catch (error) {
    if ((error as Error).message.includes('E404')) return false
    throw error
  }
}

/**
 * Publishes every version that the registry does not have yet, in the order given. It can be run again after it has failed half-way.
 * Needs Node.js and npm only, so that the job that has the right to publish installs nothing.
 *
 * @throws an error with what npm printed, at the first package that cannot be published
 */
export async function publishReleases(
  releases: readonly Release[],
  { dryRun, env }: PublishOptions,
): Promise<PublishResult[]> {
  const results: PublishResult[] = []
  for (const { name, version, tarball } of releases) {
    const cwd = path.dirname(tarball)
    const id = `${name}@${version}`
    if (await isPublished(id, cwd, env)) {
      results.push({ version: id, outcome: 'is there already' })
      continue
    }
    // Access and provenance are in the package's own publishConfig. A path with a dot: npm takes `a/b.tgz` for a repository on GitHub.
    const file = `./${path.basename(tarball)}`
    await runCommand('npm', ['publish', file, '--ignore-scripts', ...(dryRun ? ['--dry-run'] : [])], { cwd, env })
    results.push({ version: id, outcome: dryRun ? 'would be published' : 'published' })
  }
  return results
}
