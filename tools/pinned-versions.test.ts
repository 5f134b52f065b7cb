import { expect, test } from 'vitest'
import { readManifest, root } from './packages/published-packages.ts'

test('the package manager that is installed is the one that installs', () => {
  const { packageManager, devDependencies } = readManifest(root) as {
    packageManager?: string
    devDependencies?: Readonly<Record<string, string>>
  }
  expect(packageManager).toBe(`pnpm@${devDependencies?.['pnpm']}`)
})
