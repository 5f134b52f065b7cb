import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readManifest, root } from './packages/published-packages.ts'

test('the package manager that is installed is the one that installs', () => {
  const { packageManager, devDependencies } = readManifest(root) as {
    packageManager?: string
    devDependencies?: Readonly<Record<string, string>>
  }
  expect(packageManager).toBe(`pnpm@${devDependencies?.['pnpm']}`)
})

test('packages are installed for the Node.js that runs the tools, not for the one that starts the install', () => {
  const { devDependencies } = readManifest(root) as { devDependencies?: Readonly<Record<string, string>> }
  const settings = readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8')
  expect(/^nodeVersion: (.+)$/m.exec(settings)?.[1]).toBe(devDependencies?.['node'])
})
