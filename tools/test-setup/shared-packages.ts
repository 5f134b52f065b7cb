import type { TestProject } from 'vitest/node'
import { startLocalRegistry } from '../packages/local-registry.ts'
import { packPackages } from '../packages/pack-packages.ts'
import { shareResources } from './shared-resources.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `servedPackages` asks. */
    sharedPackagesUrl: string
  }
}

/** Vitest's global setup: every package is packed once for all test files of a run, and one registry offers them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const ends: (() => Promise<void>)[] = []
  const shared = await shareResources({
    async packages() {
      const packed = await packPackages()
      ends.push(async () => packed[Symbol.dispose]())
      const registry = await startLocalRegistry(packed.packages)
      ends.push(async () => registry[Symbol.asyncDispose]())
      return JSON.stringify({ packages: packed.packages, registryUrl: registry.url })
    },
  })
  project.provide('sharedPackagesUrl', shared.url)
  return async () => {
    await shared[Symbol.asyncDispose]()
    for (const end of ends.toReversed()) await end()
  }
}
