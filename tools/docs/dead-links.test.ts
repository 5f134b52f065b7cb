import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { root } from '../packages/published-packages.ts'
import { anchorsOf, deadLinks, linksOf } from './dead-links.ts'

const pages = globSync(
  [
    '*.md',
    'docs/*.md',
    'docs/!(api|node_modules)/**/*.md',
    '{packages,apps}/*/*.md',
    '{packages,apps}/*/etc/*.md',
    'tools/*.md',
  ],
  {
    cwd: root,
  },
)

describe('every link leads somewhere', () => {
  test.each(pages)('%s', (name) => {
    expect(deadLinks(root, name)).toEqual([])
  })
})

describe('deadLinks', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'links-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'other.md'), '# One\n\n## `two()` & more\n\n## One\n')

  test.each([
    ['[a](other.md)', []],
    ['[a](other.md#one-1) [b](other.md#two--more) [c](#here)\n\n# Here', []],
    ['[a](https://example.org/x) `[b](nowhere.md)`\n\n```md\n[c](nowhere.md)\n```', []],
    ['[a](nowhere.md)', ['nowhere.md']],
    ['[a](other.md#three)', ['other.md#three']],
    ['[a](../outside.md)', ['../outside.md']],
    ['[a][b]\n\n[b]: nowhere.md', ['nowhere.md']],
    ['[a](https://github.com/x/sagemaker-typescript/blob/main/other.md#one)', []],
    [
      '[a](https://github.com/x/sagemaker-typescript/blob/main/nowhere.md)',
      ['https://github.com/x/sagemaker-typescript/blob/main/nowhere.md'],
    ],
  ])('%j', (markdown, dead) => {
    writeFileSync(path.join(folder, 'page.md'), markdown)
    expect(deadLinks(folder, 'page.md')).toEqual(dead)
  })
})

test('links with a title and headings with links are read', () => {
  expect(linksOf('[a](b.md "A title") ![c](<d.png>)')).toEqual(['b.md', 'd.png'])
  expect([...anchorsOf('## See [the page](x.md), *now*\n')]).toEqual(['see-the-page-now'])
})
