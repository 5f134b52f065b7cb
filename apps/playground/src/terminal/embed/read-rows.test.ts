import { describe, expect, it } from 'vitest'
import { readRows, type Row, type RowFormat } from './read-rows.ts'

const jsonl: RowFormat = { format: 'jsonl', textField: 'text', idField: 'id' }

async function rowsOf(text: string, format: RowFormat = jsonl, size: number = Infinity): Promise<Row[]> {
  const bytes = Buffer.from(text)
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
  }
  const rows: Row[] = []
  for await (const row of readRows(chunks(), format)) rows.push(row)
  return rows
}

describe('readRows', () => {
  it('takes texts, and objects with a text and perhaps an id, and counts no blank line', async () => {
    const rows = await rowsOf('"one"\n\n{"id":"b","text":"two"}\r\n   \n{"id":3,"text":"drei €"}')
    expect(rows.map(({ index, id, text }) => ({ index, id, text }))).toEqual([
      { index: 0, id: undefined, text: 'one' },
      { index: 1, id: 'b', text: 'two' },
      { index: 2, id: 3, text: 'drei €' },
    ])
  })

  it('says what is wrong with a row, and goes on', async () => {
    const rows = await rowsOf('{"text":\n[]\n7\n{"id":"x","title":"none"}\n"last"\n')
    expect(rows.map(({ problem }) => problem)).toEqual([
      'the line is not JSON',
      'the row has no text in text',
      'the row is neither a text nor an object',
      'the row has no text in text',
      undefined,
    ])
    expect(rows[3]).toMatchObject({ id: 'x', line: '{"id":"x","title":"none"}' })
  })

  it('takes text and id from the members that it is told', async () => {
    const [row] = await rowsOf('{"key":"k","body":"b","text":"t"}', {
      format: 'jsonl',
      textField: 'body',
      idField: 'key',
    })
    expect(row).toMatchObject({ id: 'k', text: 'b' })
  })

  it('takes lines as they are from a text', async () => {
    const rows = await rowsOf('{"not":"parsed"}\n  indented\n', { ...jsonl, format: 'text' })
    expect(rows.map(({ text }) => text)).toEqual(['{"not":"parsed"}', '  indented'])
  })

  it.each([1, 2, 3, 7])('does not depend on how the bytes are cut: parts of %i', async (size) => {
    const corpus = '"zwölf €"\r\n{"text":"日本 😀"}\n\nbroken\n"last"'
    expect(await rowsOf(corpus, jsonl, size)).toEqual(await rowsOf(corpus))
  })

  it('refuses what has no lines', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(1 << 22, 'x')
    }
    await expect(readRows(endless(), jsonl).next()).rejects.toThrow('Row 0 is longer than 33554432 characters')
  })

  it('knows how far it has come', async () => {
    const corpus = '"zwölf"\n"€"\n'
    expect((await rowsOf(corpus)).at(-1)?.position).toBe(Buffer.byteLength(corpus))
  })
})
