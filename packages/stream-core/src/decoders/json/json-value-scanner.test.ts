import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { JsonValueScanner, notJson, unfinished } from './json-value-scanner.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

/** What the scanner says of a text that is given to it in two parts: all of it a value, the start of one, or no JSON. */
function verdict(text: string, cut: number): 'value' | 'unfinished' | 'not JSON' {
  const scanner = new JsonValueScanner()
  for (const part of [text.slice(0, cut), text.slice(cut)]) {
    const end = scanner.scan(part, 0, part.length)
    if (end === notJson) return 'not JSON'
    if (end !== unfinished) return end === part.length || part !== text.slice(0, cut) ? 'value' : 'not JSON'
  }
  return 'unfinished'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** JSON, and JSON with a character removed, inserted or replaced. */
const nearlyJson = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom('', ...Array.from('{}[]":,0123456789.eE+-tfnu\\ \n\ta\u0000é')),
    fc.boolean(),
  )
  .map(([json, place, character, replaces]) => {
    const index = place % (json.length + 1)
    return json.slice(0, index) + character + json.slice(replaces ? index + 1 : index)
  })

describe('agreement with JSON.parse', () => {
  test('a container that JSON.parse reads ends at its last character, and not before', () => {
    fc.assert(
      fc.property(nearlyJson, fc.nat(), (json, place) => {
        const text = `[${json}]`
        const scanner = new JsonValueScanner()
        const cut = place % text.length
        const first = scanner.scan(text, 0, cut)
        const end = first === unfinished ? scanner.scan(text, cut, text.length) : first
        expect(end === text.length).toBe(isJson(text))
      }),
      { numRuns: 8000 },
    )
  })

  test('what begins a value is no error, for any cut of any value', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, place) => {
        const cut = place % json.length
        expect(new JsonValueScanner().scan(json, 0, cut)).not.toBe(notJson)
        expect(isJson(json)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe.each(['{}', '[]', '"x"', 'true', 'null', '[DONE]', '{"a":[1,{}],"b":"\\""}'])('%s', (json) => {
  test('ends with its last character, whatever follows', () => {
    for (const next of ['', ' ', '{', '"', 'x', ',']) {
      const text = json + next
      expect(new JsonValueScanner().scan(text, 0, text.length)).toBe(json.length)
    }
  })

  test('leaves the scanner ready for the next value', () => {
    const scanner = new JsonValueScanner()
    const text = json + json
    expect(scanner.scan(text, 0, text.length)).toBe(json.length)
    expect(scanner.scan(text, json.length, text.length)).toBe(text.length)
  })
})

describe('a number on its own', () => {
  test.each(['0', '-0', '12', '-1.5', '1e5', '1E+5', '0.1e-2'])('%s ends where another character ends it', (number) => {
    expect(new JsonValueScanner().scan(number, 0, number.length)).toBe(unfinished)
    for (const next of [' ', '\n', '\u001e', '{', '[', '"']) {
      const text = number + next
      expect(new JsonValueScanner().scan(text, 0, text.length)).toBe(number.length)
    }
  })

  test.each(['01', '1.', '-', '+1', '.5', '1e', '1e+', '1-', '0x1', '1a', '1.2.3', 'NaN', 'Infinity', '1,', '1]'])(
    '%s is not JSON',
    (text) => {
      expect(verdict(`${text} `, 0)).toBe('not JSON')
      expect(verdict(`${text} `, 1)).toBe('not JSON')
    },
  )
})

test.each(['[ DONE]', '[DONT]', '[[DONE]]', '{"a":[DONE]}', '[DONE ]'])('%s is not JSON', (text) => {
  for (let cut = 0; cut < text.length; cut++) expect(verdict(text, cut)).toBe('not JSON')
})

test.each(['<', 'd', '}', ']', ',', ':', "'", '\u0000', 'é', '\uFEFF'])('nothing starts with %j', (character) => {
  expect(new JsonValueScanner().scan(character, 0, 1)).toBe(notJson)
})
