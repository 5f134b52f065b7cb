import { readFile, glob } from 'node:fs/promises'
import path from 'node:path'
import { check } from 'recheck'
import { parseAst } from 'rolldown/parseAst'

/** A regular expression of a source file. */
export interface FoundExpression {
  readonly file: string
  readonly pattern: string
  readonly flags: string
}

/** The regular expressions of all published sources except tests, each once. */
export async function findExpressions(root: string): Promise<readonly FoundExpression[]> {
  const found = new Map<string, FoundExpression>()
  const ignored = (name: string): boolean =>
    /node_modules|test-support|__fixtures__|\.test\.ts$|\.test-d\.ts$/.test(name)
  for await (const file of glob('packages/*/src/**/*.ts', { cwd: root, exclude: ignored })) {
    if (ignored(file)) continue
    const source = await readFile(path.join(root, file), 'utf8')
    for (const { pattern, flags } of expressionsIn(source)) found.set(`${pattern}/${flags}`, { file, pattern, flags })
  }
  return [...found.values()]
}

interface RegExpLiteral {
  readonly pattern: string
  readonly flags: string
}

/** The literals of a TypeScript source. */
export function expressionsIn(source: string): readonly RegExpLiteral[] {
  const found: RegExpLiteral[] = []
  const left: unknown[] = [parseAst(source, { lang: 'ts' })]
  while (left.length > 0) {
    const node = left.pop()
    if (typeof node !== 'object' || node === null) continue
    const { regex } = node as { readonly regex?: RegExpLiteral }
    if (regex === undefined) left.push(...(Object.values(node) as unknown[]))
    else found.push(regex)
  }
  return found
}

/** What is wrong with an expression: how long it may take, and a text for which it does; or that it could not be checked. */
export async function superLinear({ pattern, flags }: RegExpLiteral): Promise<string | undefined> {
  const result = await check(pattern, flags, { timeout: 60_000 })
  if (result.status === 'safe') return undefined
  if (result.status === 'unknown') return `not checked (${result.error.kind})`
  return `${result.complexity.summary}, for instance for ${JSON.stringify(result.attack.pattern)}`
}
