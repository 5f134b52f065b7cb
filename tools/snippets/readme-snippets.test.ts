import { describe, expect, test } from 'vitest'
import { checkSnippets } from './check-snippets.ts'
import { documents } from './documents.ts'
import { printsAsShown, snippetsOf } from './snippet.ts'

describe('every example in the documentation does what it says', () => {
  test.each(documents())('$name', { timeout: 240_000 }, async ({ file, packageFolder }) => {
    expect(await checkSnippets(file, packageFolder)).toEqual([])
  })
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
      { line: 5, code: 'run()', output: 'out', typesOnly: undefined },
      { line: 12, code: 'two()', output: undefined, typesOnly: undefined },
    ])
  })

  test('does not take a text block behind other words as the output', () => {
    expect(snippetsOf('```ts\na()\n```\nAnd then:\n```text\nb\n```')[0]?.output).toBeUndefined()
  })

  test('reads why an example is only type-checked', () => {
    expect(snippetsOf('<!-- types only: needs AWS -->\n```ts\na()\n```')[0]?.typesOnly).toBe('needs AWS')
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
