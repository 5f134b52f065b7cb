import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { terminalLine, terminalText } from './terminal-text.ts'

describe('terminal text', () => {
  test.each([
    ['clears the screen', '\u001b[2J', '␛[2J'],
    ['writes the clipboard', '\u001b]52;c;aGk=\u0007', '␛]52;c;aGk=␇'],
    ['goes back over the line', 'good\rbad\b', 'good␍bad␈'],
    ['an eight-bit escape sequence', '\u009b31m', '<U+009B>31m'],
    ['turns the line around', 'a\u202eb\u2066c', 'a<U+202E>b<U+2066>c'],
    ['deletes', 'a\u007f', 'a␡'],
    ['other languages and emoji', 'grüße 漢字 😀\n\ttext', 'grüße 漢字 😀\n\ttext'],
  ])('%s', (_, text, shown) => {
    expect(terminalText(text)).toBe(shown)
  })

  test('a line stays a line', () => {
    expect(terminalLine('a\nb\tc')).toBe('a␊b␉c')
  })

  test('no text leaves a control character, and harmless text is unchanged', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const shown = terminalText(text)
        expect(shown).not.toMatch(/[^\P{Cc}\n\t]/u)
        expect(shown).not.toMatch(/\p{Bidi_Control}/u)
        expect(terminalText(shown)).toBe(shown)
      }),
    )
  })
})
