import path from 'node:path'
import type { PackedPackage } from '../packages/pack-packages.ts'
import { runCommand } from '../packages/run-command.ts'

export interface PublishOptions {
  /** Does everything but the upload. */
  readonly dryRun: boolean
  /** Environment of npm. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined
}

/** What was done with one version of a package. */
export interface PublishResult {
  readonly version: string
  readonly outcome: 'published' | 'would be published' | 'is there already'
}

/** Packages that others depend on come first, so that at no time a published package lacks a dependency. */
function inOrderOfDependencies(packages: readonly PackedPackage[]): PackedPackage[] {
  const ordered: PackedPackage[] = []
  const add = (packed: PackedPackage): void => {
    for (const name of Object.keys(packed.packedManifest.dependencies ?? {})) {
      const dependency = packages.find(({ manifest }) => manifest.name === name)
      if (dependency !== undefined) add(dependency)
    }
    if (!ordered.includes(packed)) ordered.push(packed)
  }
  for (const packed of packages) add(packed)
  return ordered
}

async function isPublished(name: string, version: string, cwd: string, env?: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await runCommand('npm', ['view', `${name}@${version}`, 'version'], { cwd, env })
    return true
  } catch (error) {
    if ((error as Error).message.includes('E404')) return false
    throw error
  }
}

/**
 * Publishes every package whose version the registry does not have yet. It can be run again after it has failed half-way.
 *
 * @throws an error with what npm printed, at the first package that cannot be published
 */
export async function publishPackages(
  packages: readonly PackedPackage[],
  { dryRun, env }: PublishOptions,
): Promise<PublishResult[]> {
  const results: PublishResult[] = []
  for (const { packedManifest, tarball } of inOrderOfDependencies(packages)) {
    const { name, version } = packedManifest
    const cwd = path.dirname(tarball)
    const id = { version: `${name}@${version}` }
    if (await isPublished(name, version, cwd, env)) {
      results.push({ ...id, outcome: 'is there already' })
      continue
    }
    // Access and provenance are in the package's own publishConfig.
    await runCommand('npm', ['publish', tarball, ...(dryRun ? ['--dry-run'] : [])], { cwd, env })
    results.push({ ...id, outcome: dryRun ? 'would be published' : 'published' })
  }
  return results
}
