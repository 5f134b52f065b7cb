import { expect, test } from 'vitest'
import { describeShape } from './json-answer.ts'

test.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'undefined'],
  ['text', 'string'],
  [[], 'empty array'],
  [{}, 'empty object'],
  [
    [
      [1, 2],
      [3, 4],
    ],
    'array[2] of array[2] of number',
  ],
  [[[1], [1, 2], [1, 2, 3]], 'array[3] of array[1] of number or array[2] of number'],
  [[new Float32Array(3)], 'array[1] of vector[3]'],
  [{ error: 'x', type: 'y' }, 'object with error, type'],
  [
    Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`m${i}`, i])),
    'object with m0, m1, m2, m3, m4, m5, m6, m7, and 2 more',
  ],
  [[[[[[[1]]]]]], 'array[1] of array[1] of array[1] of array[1] of array[1] of array[1]'],
])('%j is %s', (value, description) => {
  expect(describeShape(value)).toBe(description)
})

test('shows member names without control characters', () => {
  expect(describeShape({ '\u001b[31mred\u0007': 1, ä: 2 })).toBe('object with ?[31mred?, ?')
})
