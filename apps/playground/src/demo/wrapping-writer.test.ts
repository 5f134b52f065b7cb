import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth, WrappingWriter } from './wrapping-writer.ts'

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

/** What a terminal shows: erases and line feeds are done. */
function shownOnTerminal(output: string): readonly string[] {
  const lines = ['']
  // oxlint-disable-next-line no-control-regex
  for (const [piece, back] of output.matchAll(/\u001B\[(\d+)D\u001B\[K|\n|[^\u001B\n]+/g)) {
    const line = lines.at(-1) ?? ''
    if (piece === '\n') lines.push('')
    else if (back === undefined) lines[lines.length - 1] = line + piece
    else {
      let kept = line
      while (displayWidth(line) - displayWidth(kept) < Number(back)) kept = kept.slice(0, -1)
      lines[lines.length - 1] = kept
    }
  }
  return lines
}

describe('WrappingWriter on a terminal', () => {
  const onTerminal = (width: number, fragments: readonly string[]): readonly string[] => {
    let output = ''
    const writer = new WrappingWriter({ width, canErase: true, write: (text) => void (output += text) }, '')
    for (const fragment of fragments) writer.write(fragment)
    return shownOnTerminal(output)
  }

  it('breaks no word, however the text is cut, and loses nothing', () => {
    const words = fc.array(fc.stringMatching(/^[a-z港霧é]{1,9}$/), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(words, fc.integer({ min: 18, max: 40 }), fc.integer({ min: 1, max: 9 }), (list, width, size) => {
        const text = list.join(' ')
        const fragments = text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []
        const lines = onTerminal(width, fragments)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.flatMap((line) => line.split(' ').filter((word) => word !== ''))).toEqual(list)
      }),
    )
  })

  it('moves a word that was begun to the next line', () => {
    expect(onTerminal(10, ['two small bo', 'ats'])).toEqual(['two small', 'boats'])
    expect(onTerminal(12, ['two small bo', 'ats'])).toEqual(['two small ', 'boats'])
  })

  it('keeps the indentation of code and the line breaks of the text', () => {
    expect(onTerminal(20, ['if x:\n', '    return 1\n\n', '\tdone'])).toEqual(['if x:', '    return 1', '', '\tdone'])
  })

  it('counts wide characters, and none for marks', () => {
    expect(displayWidth('港a')).toBe(3)
    expect(displayWidth('e\u0301')).toBe(1)
    expect(displayWidth('🐚')).toBe(2)
    expect(displayWidth('a\tb')).toBe(9)
  })
})
