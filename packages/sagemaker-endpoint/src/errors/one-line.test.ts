import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneLine } from './one-line.ts'

test('control characters and line ends are spaces, and the full stop is for the sentence around it', () => {
  expect(oneLine('  Access\u001b[31m denied\r\nfor \u202euser. ')).toBe('Access [31m denied for user')
})

test('is at most 300 characters, none of them cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const line = oneLine(text.repeat(3))
      expect(line.length).toBeLessThanOrEqual(300)
      expect(/\p{Surrogate}/u.test(line)).toBe(false)
    }),
  )
})
