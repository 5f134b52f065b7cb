// node tools/api-reference/main.ts [--check]: writes docs/api from what api-extractor has found, or says what is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ApiItem } from './api-item.ts'
import { renderReference } from './render-reference.ts'

const root = path.join(import.meta.dirname, '..', '..')
const target = path.join(root, 'docs', 'api')

/** The packages that have a public API: private ones have no report of it. */
const packages = readdirSync(path.join(root, 'packages')).filter((name) =>
  existsSync(path.join(root, 'packages', name, 'etc')),
)

const pages = new Map(
  packages.flatMap((name) => {
    const folder = path.join(root, 'packages', name, 'temp')
    return readdirSync(folder)
      .filter((file) => file.endsWith('.api.json'))
      .map((file): [string, string] => {
        const page = file.replace('.api.json', '')
        const entry = page === name ? `@x/${name}` : `@x/${name}/${page.slice(name.length + 1)}`
        const document = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as ApiItem
        return [`${page}.md`, renderReference(entry, `../../packages/${name}/README.md`, document)]
      })
  }),
)

if (process.argv.includes('--check')) {
  const written = new Map(readdirSync(target).map((file) => [file, readFileSync(path.join(target, file), 'utf8')]))
  const stale = [...new Set([...pages.keys(), ...written.keys()])].filter(
    (file) => pages.get(file) !== written.get(file),
  )
  if (stale.length > 0) {
    console.error(`Out of date in docs/api: ${stale.join(', ')}. Run: npm run api:update && npm run api:reference`)
    process.exitCode = 1
  }
} else {
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  for (const [file, text] of pages) writeFileSync(path.join(target, file), text)
}
