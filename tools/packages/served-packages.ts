import { inject } from 'vitest'
import { sharedResource } from '../test-setup/shared-resources.ts'
import type { PackedPackage } from './pack-packages.ts'

export interface ServedPackages {
  readonly packages: readonly PackedPackage[]
  /** Of the registry that offers them. */
  readonly registryUrl: string
}

/** The packed packages that all test files of a run share. */
export async function servedPackages(): Promise<ServedPackages> {
  return JSON.parse(await sharedResource({ url: inject('sharedPackagesUrl') }, 'packages')) as ServedPackages
}
