import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { builtPage } from '../test-support/built-page.ts'

let folder: string
beforeAll(async () => void (folder = await builtPage()), 60_000)

it('loads less than 100 kB to begin with, compressed', async () => {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const initial = Array.from(html.matchAll(/(?:src|href)="\/([^"]+)"/g), ([, path]) => path ?? '')
  expect(initial.filter((path) => path.endsWith('.js'))).toHaveLength(1)
  expect(initial.filter((path) => path.endsWith('.css'))).toHaveLength(1)
  const files = await Promise.all(['index.html', ...initial].map((path) => readFile(join(folder, path))))
  const size = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
  expect(size).toBeGreaterThan(20_000)
  expect(size).toBeLessThan(100_000)
})
