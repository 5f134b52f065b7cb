import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const packageFolder = join(import.meta.dirname, '..')
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
let outDir: string

beforeAll(() => {
  outDir = mkdtempSync(join(tmpdir(), 'bedrock-like-types-'))
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', outDir], { cwd: packageFolder })
}, 60_000)

afterAll(() => rmSync(outDir, { recursive: true, force: true }))

const emitted = (extension: string): string[] =>
  readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(extension))

test('the build emits declarations and no run-time code', () => {
  const modules = emitted('.js')
  expect(modules).toHaveLength(emitted('.d.ts').length)
  expect(modules.length).toBeGreaterThan(50)
  const code = modules.map((path) =>
    readFileSync(join(outDir, path), 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, ''),
  )
  expect(new Set(code.map((text) => text.trim()))).toEqual(new Set(['export {};']))
})

test('every member is read-only and says what it means', () => {
  const source = readdirSync(join(packageFolder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('.test'))
    .map((path) => ({ path, lines: readFileSync(join(packageFolder, 'src', path), 'utf8').split('\n') }))
  const members = source.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      /^ {2,4}(readonly )?[\w$]+\??[:(<]/.test(line) && !line.includes('[Name in')
        ? [{ place: `${path}:${index + 1}`, line, before: lines[index - 1] ?? '' }]
        : [],
    ),
  )
  expect(members.length).toBeGreaterThan(150)
  expect(
    members.filter(({ line }) => /^ +[\w$]+\??:/.test(line) && !line.endsWith(',')).map(({ place }) => place),
  ).toEqual([])
  expect(
    members
      .filter(({ line, before }) => !line.endsWith(',') && !before.trimEnd().endsWith('*/'))
      .map(({ place }) => place),
  ).toEqual([])
})

test('the main entry names every type of the other entries, and no other', () => {
  const namesOf = (entry: string): string[] =>
    [...readFileSync(join(packageFolder, 'src', entry), 'utf8').matchAll(/\{([^}]*)\}/g)]
      .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
      .filter((name) => name !== '')
  const entries = ['converse.ts', 'model.ts', 'telemetry.ts'].flatMap(namesOf)
  expect(entries.length).toBeGreaterThan(150)
  expect(namesOf('index.ts').toSorted()).toEqual(entries.toSorted())
})
