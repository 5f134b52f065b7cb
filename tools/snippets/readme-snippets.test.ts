import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostProgram } from '../hosts/host-program.ts'
import { servedPackages } from '../packages/served-packages.ts'
import { compileSnippets, runSnippets, type SampleNode } from './check-snippets.ts'
import { documents } from './documents.ts'
import { routesThatAreLeft } from './routes-that-are-left.ts'
import { createSampleProject, type SampleProject } from './sample-project.ts'
import { printsAsShown, snippetsOf } from './snippet.ts'

describe('every sample in the documentation does what it says, for a stranger', () => {
  const oldest = hostProgram('node-22.12')
  const nodes: SampleNode[] = [{ program: process.execPath, version: process.versions.node, options: [] }]
  if (oldest !== undefined) nodes.push({ program: oldest, version: '22.12.0', options: ['--experimental-strip-types'] })

  let project: SampleProject
  let errors: ReadonlyMap<string, readonly string[]>
  beforeAll(async () => {
    project = await createSampleProject((await servedPackages()).registryUrl)
    errors = await compileSnippets(
      documents().map(({ file }) => file),
      project,
    )
  }, 300_000)
  afterAll(() => project?.[Symbol.asyncDispose](), 120_000)

  test.each(documents())('$name', { timeout: 240_000 }, async ({ file }) => {
    expect(errors.get(file)).toBeUndefined()
    expect(await runSnippets(file, project, nodes)).toEqual([])
  })

  test(
    'the routes of the guide to streaming stop the model when the browser leaves',
    { timeout: 120_000 },
    async () => {
      expect(await routesThatAreLeft(project)).toEqual({ Hono: 'aborted', Express: 'aborted', 'Next.js': 'aborted' })
    },
  )
})

describe('snippetsOf', () => {
  test('takes ts blocks with the text block directly after them, and no other block', () => {
    const markdown = [
      '```sh',
      'npm i',
      '```',
      '',
      '```ts',
      'run()',
      '```',
      '',
      '```text',
      'out',
      '```',
      '```ts',
      'two()',
      '```',
    ].join('\n')
    expect(snippetsOf(markdown)).toEqual([
      { line: 5, code: 'run()', output: 'out', typesOnly: undefined, fromNode: undefined },
      { line: 12, code: 'two()', output: undefined, typesOnly: undefined, fromNode: undefined },
    ])
  })

  test('does not take a text block behind other words as the output', () => {
    expect(snippetsOf('```ts\na()\n```\nAnd then:\n```text\nb\n```')[0]?.output).toBeUndefined()
  })

  test('reads why an example is only type-checked', () => {
    expect(snippetsOf('<!-- types only: needs AWS -->\n```ts\na()\n```')[0]?.typesOnly).toBe('needs AWS')
  })

  test('reads which Node.js an example needs', () => {
    expect(snippetsOf('<!-- from node 22.13 -->\n\n```ts\na()\n```')[0]?.fromNode).toBe('22.13')
  })
})

describe('printsAsShown', () => {
  test('wants the same text, where … stands for any characters of one line', () => {
    expect(printsAsShown('took 12 ms\nend\n', 'took … ms\nend')).toBe(true)
    expect(printsAsShown('took 12 ms\nand more\nend', 'took …end')).toBe(false)
    expect(printsAsShown('a.b', 'axb')).toBe(false)
    expect(printsAsShown('a-b/c', 'a-b/c')).toBe(true)
    expect(printsAsShown('{ "x": [1] }', '{ "x": [1] }')).toBe(true)
  })
})
