import {
  anything,
  assert,
  dictionary,
  float32Array,
  int8Array,
  jsonValue,
  oneof,
  property,
  string,
  uint32Array,
  constant,
} from 'fast-check'
import { expect, test } from 'vitest'
import { decodeValue, encodeValue } from './stored-value.ts'

test('typed arrays come back with their type and every bit, wherever they are', () => {
  const vector = oneof(float32Array(), int8Array(), uint32Array())
  assert(
    property(vector, jsonValue(), (array, any) => {
      const other = JSON.parse(JSON.stringify(any)) as unknown
      const value = { array, other, nested: [{ array }, array] }
      expect(decodeValue(encodeValue(value))).toEqual(value)
      expect(decodeValue(encodeValue(array))).toEqual(array)
    }),
  )
})

test('a part of a longer buffer is written without the rest', () => {
  const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3)
  expect(decodeValue(encodeValue(part))).toEqual(Float32Array.of(2, 3))
  expect(decodeValue(encodeValue(Buffer.from('ab')))).toEqual(Uint8Array.of(97, 98))
})

test('objects that look like stored values come back as they were', () => {
  const hostile = dictionary(oneof(constant('$type'), constant('base64'), constant('value'), string()), jsonValue())
  assert(
    property(hostile, (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as unknown
      expect(decodeValue(encodeValue(plain))).toEqual(plain)
    }),
    { examples: [[{ $type: 'float32', base64: 'AAAA' }], [{ $type: 'object', value: { $type: 'object' } }]] },
  )
})

test('is one line, whatever the value', () => {
  assert(
    property(anything({ withBigInt: true }), (value) => {
      expect(encodeValue(value)).not.toMatch(/[\n\r]/)
    }),
  )
  expect(encodeValue(undefined)).toBe('null')
})
