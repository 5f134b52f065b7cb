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

interface Member {
  readonly place: string
  readonly line: string
  /** The comment above it, if that is one line. */
  readonly comment: string | undefined
}

const members: readonly Member[] = readdirSync(join(packageFolder, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('.test'))
  .flatMap((path) => {
    const lines = readFileSync(join(packageFolder, 'src', path), 'utf8').split('\n')
    return lines.flatMap((line, index) =>
      /^ {2,4}(readonly )?[\w$]+\??[:(<]/.test(line) && !line.endsWith(',') && !line.includes('[Name in')
        ? [{ place: `${path}:${index + 1}`, line, comment: /^ +\/\*\* (.*) \*\/$/.exec(lines[index - 1] ?? '')?.[1] }]
        : [],
    )
  })

test('every member is read-only', () => {
  expect(members.length).toBeGreaterThan(150)
  expect(members.filter(({ line }) => /^ +[\w$]+\??:/.test(line)).map(({ place }) => place)).toEqual([])
})

test('no comment only repeats its member', () => {
  const wordsOf = (text: string): string[] =>
    (text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase().replace(/s$/, ''))
  const isEmpty = ({ line, comment }: Member): boolean => {
    const known = new Set([...wordsOf(line), 'the', 'a', 'an', 'of', 'it', 'itself'])
    return comment !== undefined && wordsOf(comment).every((word) => known.has(word))
  }
  expect(isEmpty({ place: '', line: '  readonly text: string', comment: 'The text.' })).toBe(true)
  expect(members.filter(isEmpty).map(({ place, comment }) => `${place}: ${comment}`)).toEqual([])
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
