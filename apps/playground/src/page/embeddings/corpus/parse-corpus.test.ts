import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCorpus } from './parse-corpus.ts'

const line = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.trim() !== '' && !/[\n\r]|^\s*["{]|^\uFEFF/.test(text))
const text = fc.string({ unit: 'grapheme' }).filter((value) => value.trim() !== '')

describe('a corpus', () => {
  it('of lines is those lines, without the blank ones, whatever ends them', () => {
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\n\n', '\n  \r\n'), (lines, end) => {
        const { rows, problems } = parseCorpus(lines.join(end))
        expect(rows.map((row) => row.text)).toEqual(lines)
        expect(problems).toEqual([])
      }),
    )
  })

  it('of JSON lines gives back every text and id', () => {
    const row = fc.record({ id: fc.oneof(fc.string(), fc.integer()), text }, { requiredKeys: ['text'] })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const source = rows.map((value) => `${JSON.stringify(value)}\n`).join('')
        expect(parseCorpus(source)).toEqual({ format: 'jsonl', rows, problems: [] })
      }),
    )
  })

  it('takes strings, other names of the text, and a byte order mark', () => {
    const source = '\uFEFF"one"\n{"input":"two"}\n{"id":{},"content":"three"}\n{"text":7,"sentence":"four"}'
    expect(parseCorpus(source).rows).toEqual([{ text: 'one' }, { text: 'two' }, { text: 'three' }, { text: 'four' }])
  })

  it('has the group of a text, under any of its names', () => {
    const source = '{"text":"one","group":"a"}\n{"text":"two","label":"b"}\n{"text":"three","category":7}'
    expect(parseCorpus(source).rows).toEqual([
      { text: 'one', group: 'a' },
      { text: 'two', group: 'b' },
      { text: 'three' },
    ])
  })

  it('tells which lines have no text, and keeps the others', () => {
    const source = '{"text":"one"}\n\n{"text"\n7\n{"title":"x"}\n{"text":" "}\n""\n{"text":"two"}'
    const { rows, problems } = parseCorpus(source)
    expect(rows).toEqual([{ text: 'one' }, { text: 'two' }])
    expect(problems.map(({ line: number, message }) => `${number} ${message}`)).toEqual([
      '3 This line is not JSON.',
      '4 This line is neither a text nor an object.',
      '5 There is no text in text, input, content, sentence.',
      '6 The text is empty.',
      '7 The text is empty.',
    ])
  })

  it('of text that only looks like JSON is lines', () => {
    expect(parseCorpus('{curly} prose\n"quoted" prose')).toMatchObject({
      format: 'lines',
      rows: [{ text: '{curly} prose' }, { text: '"quoted" prose' }],
    })
    expect(parseCorpus('')).toEqual({ format: 'lines', rows: [], problems: [] })
  })
})
