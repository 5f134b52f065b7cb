import { readFileSync } from 'node:fs'
import path from 'node:path'
import { containers, factoryCall, type Container, type ModelKind } from '@x/sagemaker-discovery'
import * as embed from '@x/sagemaker-embed'
import * as llm from '@x/sagemaker-llm'
import { expect, test } from 'vitest'

const kinds: readonly ModelKind[] = ['language', 'embedding', 'rerank', 'classification']

function cells(container: Container): readonly string[] {
  const { handlers, needsHandler, repositories, section, title } = container
  const factories = (kind: ModelKind): string =>
    (handlers[kind] ?? [])
      .map(({ handler, handlerOptions }) => `\`${factoryCall(kind, handler, handlerOptions)}\``)
      .join(', ')
  return [
    repositories.map((repository) => `\`${repository}\``).join(', '),
    `[${title}](#${section})`,
    ...kinds.map(factories),
    needsHandler,
  ]
}

test('the first table of the page on containers is the one that discovery uses', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/containers.md'), 'utf8')
  const [table = ''] = /^\| repository[^]*?(?=\n\n)/m.exec(page) ?? []
  const [, , ...rows] = table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(rows.map((row) => row.join(' | '))).toEqual(containers.map((container) => cells(container).join(' | ')))
})

test.each([
  ['language', llm],
  ['embedding', embed],
] as const)('every handler of the table for %s models is there', (kind, exports) => {
  const names = containers
    .flatMap(({ handlers }) => handlers[kind] ?? [])
    .map(({ handler }) => factoryCall(kind, handler))
  expect(names.length).toBeGreaterThan(5)
  for (const name of names) expect(exports).toHaveProperty(name.replace(/\(.*$/, ''), expect.any(Function))
})

test('every row says where it comes from', () => {
  for (const { name, source } of containers) expect(`${name}: ${source}`).toMatch(/: .*(?:\/|\.json|v\d)/)
})
