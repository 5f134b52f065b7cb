import { expect, test } from 'vitest'
import { arrayIn, countIn, isJsonObject, memberIn, numberIn, objectIn, parsedJson, stringIn } from './json-fields.ts'

test('an object is neither an array nor null nor a typed array', () => {
  expect([{}, { a: 1 }].every(isJsonObject)).toBe(true)
  expect([[], null, undefined, 'text', 1, new Float32Array(1)].some(isJsonObject)).toBe(false)
})

test('a member of the right type is found', () => {
  const value = { text: 'a', list: [1], object: { b: 2 }, number: 1.5, count: 0 }
  expect([stringIn(value, 'text'), arrayIn(value, 'list'), objectIn(value, 'object')]).toEqual(['a', [1], { b: 2 }])
  expect([numberIn(value, 'number'), countIn(value, 'count'), memberIn(value, 'text')]).toEqual([1.5, 0, 'a'])
})

test.each([undefined, null, 'text', [1], { member: null }, {}])('nothing is found in %j', (value) => {
  expect(stringIn(value, 'member')).toBeUndefined()
  expect(numberIn(value, 'member')).toBeUndefined()
  expect(countIn(value, 'member')).toBeUndefined()
  expect(arrayIn(value, 'member')).toEqual([])
  expect(objectIn(value, 'member')).toEqual({})
})

test('a count is a whole number from 0', () => {
  expect([-1, 0.5, Number.NaN, '1'].map((count) => countIn({ count }, 'count'))).toEqual(Array(4).fill(undefined))
})

test('text that is no JSON has no value', () => {
  expect([parsedJson('{"a":1}'), parsedJson('{"a":'), parsedJson('<html>')]).toEqual([{ a: 1 }, undefined, undefined])
})
