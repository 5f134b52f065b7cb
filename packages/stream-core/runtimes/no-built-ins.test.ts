import { isBuiltin } from 'node:module'
import { expect, test, vi } from 'vitest'
import { bundle } from '../test-support/bundle.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

test.each(['@x/stream-core/decoders', '@x/stream-core'])('%s imports nothing but rxjs', async (entry) => {
  const { imports } = await bundle(`export * from '${entry}'`, ['rxjs'])
  expect(imports.filter((id) => isBuiltin(id))).toEqual([])
  expect(imports.filter((id) => id !== 'rxjs' && !id.startsWith('rxjs/'))).toEqual([])
})

test('@x/stream-core/decoders does not import rxjs either', async () => {
  const { imports } = await bundle("export * from '@x/stream-core/decoders'", ['rxjs'])
  expect(imports).toEqual([])
})

test('the bundler would show a built-in module', async () => {
  const { imports } = await bundle("export { readFileSync } from 'node:fs'")
  expect(imports).toEqual(['node:fs'])
})
