import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentationOf, importedBy, installedBy } from './install-lines.ts'
import { isLibrary, publishedPackages } from './published-packages.ts'
import { runCommand } from './run-command.ts'
import { servedPackages } from './served-packages.ts'
import { installStrictly, installWithPlugAndPlay, type WantedPackages } from './strict-projects.ts'

const documented = publishedPackages()
  .filter(isLibrary)
  .map((published) => {
    const markdown = documentationOf(published)
    return {
      folderName: published.folderName,
      name: published.manifest.name,
      installed: [...new Set(installedBy(markdown))],
      imported: importedBy(markdown),
    }
  })
const wanted: WantedPackages = Object.fromEntries(
  documented.map(({ folderName, installed }) => [folderName, installed]),
)
const folder = mkdtempSync(path.join(tmpdir(), 'install-lines-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const managers = [
  { manager: 'pnpm', install: installStrictly, options: () => [] },
  {
    manager: "Yarn Plug'n'Play",
    install: installWithPlugAndPlay,
    options: (workspace: string) => [
      `--require=${path.join(workspace, '.pnp.cjs')}`,
      `--experimental-loader=${pathToFileURL(path.join(workspace, '.pnp.loader.mjs')).href}`,
    ],
  },
]

describe.each(managers)(
  'with what its documentation says to install, under $manager',
  ({ manager, install, options }) => {
    const workspace = path.join(folder, manager)
    beforeAll(async () => install(workspace, wanted, (await servedPackages()).registryUrl), 300_000)

    test.each(documented)(
      '$name runs what its documentation imports',
      { timeout: 60_000 },
      async ({ folderName, imported }) => {
        const cwd = path.join(workspace, folderName)
        const imports = imported.map((specifier) => {
          const attributes = specifier.endsWith('.json') ? " with { type: 'json' }" : ''
          return `import ${JSON.stringify(specifier)}${attributes}\n`
        })
        writeFileSync(path.join(cwd, 'imports.mjs'), `${imports.join('')}console.log('imported')`)
        expect(await runCommand(process.execPath, [...options(workspace), 'imports.mjs'], { cwd })).toBe('imported\n')
      },
    )
  },
)

test('names what a reader would install, from commands and from tables', () => {
  const markdown = [
    '```sh',
    'npm i -D @x/one rxjs   # rxjs for operators',
    '```',
    'Run `npm install @x/two`.',
    '| use | `npm i three` |',
  ]
  expect(installedBy(markdown.join('\n'))).toEqual(['@x/one', 'rxjs', '@x/two', 'three'])
})

test('names what samples import', () => {
  const code =
    "import { a } from '@x/one'\nimport type { B } from '@x/two/types'\nimport fs from 'node:fs'\nimport '@x/one'"
  expect(importedBy(`\`\`\`ts\n${code}\n\`\`\`\n`)).toEqual(['@x/one', '@x/two/types'])
})
