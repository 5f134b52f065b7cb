import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { root } from '../packages/published-packages.ts'

export interface Document {
  /** Path from the root, for people. */
  readonly name: string
  readonly file: string
}

/** The reference, which typedoc writes into `docs`, and packages. */
const notPages = /^(?:api|node_modules)[\\/]/

/** Every Markdown file whose examples are run: the README at the root, those in `docs`, and one per package and app. */
export function documents(): Document[] {
  const inDocs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !notPages.test(name))
    .map((name) => path.join('docs', name))
  const inPackages = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(path.join(root, parent)).map((folder) => path.join(parent, folder, 'README.md')),
  )
  return ['README.md', ...inDocs, ...inPackages]
    .map((name) => ({ name, file: path.join(root, name) }))
    .filter(({ file }) => existsSync(file))
}
