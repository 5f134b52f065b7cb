import { assert, property, array, constantFrom, integer, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StopStringCutter } from './stop-string-cutter.ts'

function cut(stops: readonly string[], pieces: readonly string[]): { shown: string[]; matched: string | undefined } {
  const cutter = new StopStringCutter(stops)
  const shown = [...pieces.map((piece) => cutter.push(piece)), cutter.end()]
  return { shown: shown.filter((piece) => piece !== ''), matched: cutter.matched }
}

describe('StopStringCutter', () => {
  test('a text without stop strings is passed on piece by piece', () => {
    expect(cut([], ['a', '##', 'b']).shown).toEqual(['a', '##', 'b'])
  })

  test('the text ends before a stop string that comes in pieces, and no part of it is shown', () => {
    expect(cut(['###'], ['A', '#', '#', '#'])).toEqual({ shown: ['A'], matched: '###' })
  })

  test('what only looked like the beginning of a stop string is shown', () => {
    expect(cut(['###'], ['A#', '#B'])).toEqual({ shown: ['A', '##B'], matched: undefined })
  })

  test('the beginning of a stop string at the end of the text is shown', () => {
    expect(cut(['###'], ['A#', '#']).shown).toEqual(['A', '##'])
  })

  test('nothing is shown after a stop string', () => {
    expect(cut(['\n'], ['one\ntwo', 'three']).shown).toEqual(['one'])
  })

  test('the first stop string in the text counts, not the first in the list', () => {
    expect(cut(['END', '.'], ['a. b END']).shown).toEqual(['a'])
  })

  test('stop strings are texts, not patterns', () => {
    expect(cut(['.', 'a|b', '[x]', '$'], ['abc x'])).toEqual({ shown: ['abc x'], matched: undefined })
    expect(cut(['(?', '\\n'], ['one (two) \n'])).toEqual({ shown: ['one (two) \n'], matched: undefined })
  })

  test('the text is that before the first stop string, wherever it is cut into pieces', () => {
    const letters = (maxLength: number, minLength = 0) =>
      string({ unit: constantFrom('a', 'b', 'c'), minLength, maxLength })
    assert(
      property(
        array(letters(4, 1), { maxLength: 3 }),
        letters(24),
        array(integer({ min: 0, max: 24 })),
        (stops, text, cuts) => {
          const bounds = [0, ...cuts.filter((at) => at < text.length).sort((a, b) => a - b), text.length]
          const pieces = bounds.slice(1).map((end, index) => text.slice(bounds[index], end))
          const found = stops.map((stop) => text.indexOf(stop)).filter((index) => index !== -1)
          expect(cut(stops, pieces).shown.join('')).toBe(
            text.slice(0, found.length > 0 ? Math.min(...found) : text.length),
          )
        },
      ),
      { numRuns: 500 },
    )
  })
})
