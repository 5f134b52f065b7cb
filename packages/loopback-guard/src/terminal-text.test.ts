import { array, assert, constantFrom, nat, oneof, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonForTerminal, terminalLine, terminalText } from './terminal-text.ts'

/** Any code units, mostly those that matter here. */
const anyText = array(
  oneof(nat(0xff), constantFrom(0x61c, 0x200e, 0x202e, 0x2028, 0x2066, 0x2069, 0xd83d), nat(0xffff)),
).map((codes) => String.fromCharCode(...codes))

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

  test('JSON stays the same value, and has no control character', () => {
    assert(
      property(anyText, (text) => {
        const json = jsonForTerminal({ [text]: text })
        expect(JSON.parse(json)).toEqual({ [text]: text })
        expect(json).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
      }),
    )
    expect(jsonForTerminal({ text: '\u009b31m' })).toBe(String.raw`{"text":"\u009b31m"}`)
  })

  test('no text leaves a control character, and harmless text is unchanged', () => {
    assert(
      property(anyText, (text) => {
        const shown = terminalText(text)
        expect(shown).not.toMatch(/[^\P{Cc}\n\t]/u)
        expect(shown).not.toMatch(/\p{Bidi_Control}/u)
        expect(terminalText(shown)).toBe(shown)
      }),
    )
  })
})
