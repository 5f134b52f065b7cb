import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { floorImports, knottedImports } from './folder-layers.ts'

const packages = readdirSync(path.join(import.meta.dirname, '../packages'))

describe('the folders of a package are layers', () => {
  test.each(packages)('%s', (name) => {
    const imports = floorImports(path.join(import.meta.dirname, '../packages', name))
    expect(imports.length).toBeGreaterThan(0)
    expect(knottedImports(imports).map(({ files }) => files.join(' -> '))).toEqual([])
  })
})

describe('imports that are no layers are found', () => {
  test('between two folders, also when one imports types only', () => {
    const found = knotsIn({
      'ground/a.ts': `import type { B } from '../top/b.ts'\nexport type A = B`,
      'top/b.ts': `import { a } from '../ground/c.ts'\nexport type B = typeof a`,
      'ground/c.ts': 'export const a = 1',
    })
    expect(found).toEqual(['ground/a.ts -> top/b.ts', 'top/b.ts -> ground/c.ts'])
  })

  test('around three folders', () => {
    const found = knotsIn({
      'a/a.ts': `export { b } from '../b/b.ts'`,
      'b/b.ts': `export const b = async (): Promise<unknown> => await import('../c/c.ts')`,
      'c/c.ts': `import {\n  a,\n} from '../a/a.ts'\nexport const c = a`,
    })
    expect(found).toEqual(['a/a.ts -> b/b.ts', 'b/b.ts -> c/c.ts', 'c/c.ts -> a/a.ts'])
  })

  test('from a folder up into a file beside the folders', () => {
    const found = knotsIn({
      'index.ts': `export { a } from './a/a.ts'`,
      'a/a.ts': `import type { Options } from '../index.ts'\nexport const a: Options = {}`,
    })
    expect(found).toEqual(['a/a.ts -> index.ts', 'index.ts -> a/a.ts'])
  })
})

test('tests, fixtures and comments count for nothing', () => {
  const found = knotsIn({
    'index.ts': `export { a } from './a/a.ts'`,
    'a/a.ts': `/** import { x } from '../index.ts' */\n// import { x } from '../index.ts'\nexport const a = 1`,
    'a/a.test.ts': `import { a } from '../index.ts'`,
    'a/__fixtures__/b.ts': `import { a } from '../../index.ts'`,
    'a/test-support/c.ts': `import { a } from '../../index.ts'`,
  })
  expect(found).toEqual([])
})

function knotsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(path.join(tmpdir(), 'folder-layers-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [file, code] of Object.entries(files)) {
    const target = path.join(root, 'src', file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, code)
  }
  return knottedImports(floorImports(root))
    .map((found) => found.files.join(' -> '))
    .toSorted()
}
