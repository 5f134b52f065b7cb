import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { importsOfNoDependency, unpublishedPackages } from './package-layers.ts'
import { productImports } from './product-imports.ts'

const packages = path.join(import.meta.dirname, '../packages')
const packageRoots = readdirSync(packages).map((name) => path.join(packages, name))
const unpublished = unpublishedPackages(packageRoots)

test.each(packageRoots)('%s imports only what it depends on', (packageRoot) => {
  expect(productImports(packageRoot).length).toBeGreaterThan(0)
  expect(importsOfNoDependency(packageRoot, unpublished)).toEqual([])
})

const code = {
  'a.ts': `import { b } from '@x/above/sub'\nimport type { C } from '@x/peer'\nimport { join } from 'node:path'`,
  'b.ts': `export { d } from '@x/below'\nexport * from '@x/bundled'\n// import { x } from '@x/above'`,
  'c.ts': `export const load = (): Promise<unknown> => import('@x/above')\nexport type T = import('left-pad').T`,
  'a.test.ts': `import { b } from '@x/above'`,
  'test-support/a.ts': `import { b } from '@x/above'`,
}

test('imports from other packages are found, of types and dynamic ones, too', () => {
  const packageRoot = mkdtempSync(path.join(tmpdir(), 'package-layers-'))
  onTestFinished(() => rmSync(packageRoot, { recursive: true, force: true }))
  const manifest = {
    name: '@x/this',
    dependencies: { '@x/below': '' },
    peerDependencies: { '@x/peer': '' },
    devDependencies: { '@x/above': '' },
  }
  writeFileSync(path.join(packageRoot, 'package.json'), JSON.stringify(manifest))
  mkdirSync(path.join(packageRoot, 'src/test-support'), { recursive: true })
  for (const [file, text] of Object.entries(code)) writeFileSync(path.join(packageRoot, 'src', file), text)

  const found = importsOfNoDependency(packageRoot, ['@x/bundled']).toSorted()
  expect(found).toEqual(['a.ts -> @x/above', 'c.ts -> @x/above', 'c.ts -> left-pad'])
})
