import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { publishedPackages, root, type Manifest } from '../packages/published-packages.ts'

/** Each dependency that a user gets or has to bring, as `kind name`. */
function dependenciesOf(manifest: Manifest): string[] {
  const own = Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@x/'))
  const peers = Object.keys(manifest.peerDependencies ?? {})
  const isOptional = (name: string): boolean => manifest.peerDependenciesMeta?.[name]?.optional === true
  return [
    ...own.map((name) => `dependency ${name}`),
    ...peers.map((name) => `${isOptional(name) ? 'optional peer' : 'peer'} ${name}`),
  ]
}

test('the list of production dependencies is complete and has no other', () => {
  const page = readFileSync(path.join(root, 'docs', 'dependencies.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\| (\w[\w ]*?) +\|/gm)]
  const listed = rows.flatMap(([, name, packages = '', kind]) =>
    packages.split(', ').map((one) => `${one.replace(/^-/, 'sagemaker-')}: ${kind} ${name}`),
  )
  const actual = publishedPackages().flatMap(({ folderName, manifest }) =>
    dependenciesOf(manifest).map((dependency) => `${folderName}: ${dependency}`),
  )
  expect(listed.sort()).toEqual(actual.sort())
})
