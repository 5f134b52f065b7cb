import { describe, expect, it } from 'vitest'
import { WrappingWriter } from './wrapping-writer.ts'

function written(width: number, fragments: readonly string[]): string {
  let output = ''
  const writer = new WrappingWriter({ width, write: (text) => void (output += text) }, '  ')
  for (const fragment of fragments) writer.write(fragment)
  writer.end()
  return output
}

const sentence = 'The keeper of the lighthouse went up the stairs with a lamp in his hand and looked out at the sea'

describe('WrappingWriter', () => {
  it.each([1, 3, 7, 1000])('breaks between words, within the width, in fragments of %i characters', (size) => {
    const fragments = sentence.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
    const lines = written(40, fragments).trimEnd().split('\n')
    expect(lines.map((line) => line.trim()).join(' ')).toBe(sentence)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40)
    expect(lines.length).toBeGreaterThan(2)
  })

  it('writes each fragment at once', () => {
    const seen: string[] = []
    const writer = new WrappingWriter({ width: 40, write: (text) => void seen.push(text) }, '')
    writer.write('light')
    expect(seen.join('')).toBe('light')
    writer.write('house')
    expect(seen.join('')).toBe('lighthouse')
  })

  it('keeps line breaks, indented', () => {
    expect(written(40, ['one\n', '\ntwo'])).toBe('  one\n  \n  two\n')
  })
})
