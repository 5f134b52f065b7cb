import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64Vector } from './base64-vector.ts'
import type { ElementEncoding } from './element-type.ts'

const read = (bytes: Uint8Array, type: ElementEncoding['type'], isBigEndian = false) =>
  base64Vector(Buffer.from(bytes).toString('base64'), { type, isBigEndian })

test.each([false, true])('gives back every vector, whatever its numbers (big-endian: %s)', (isBigEndian) => {
  fc.assert(
    fc.property(fc.float32Array({ minLength: 0, maxLength: 70 }), (vector) => {
      const bytes = Buffer.alloc(vector.length * 4)
      for (const [index, value] of vector.entries()) {
        if (isBigEndian) bytes.writeFloatBE(value, index * 4)
        else bytes.writeFloatLE(value, index * 4)
      }
      const decoded = read(bytes, 'float32', isBigEndian)
      expect(decoded).toEqual(vector)
      expect(decoded.byteLength).toBe(decoded.buffer.byteLength)
    }),
  )
})

describe('small types', () => {
  test('bytes are signed or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(read(bytes, 'uint8')).toEqual(bytes)
        expect(read(bytes, 'ubinary')).toEqual(bytes)
        expect(read(bytes, 'int8')).toEqual(new Int8Array(bytes))
        expect(read(bytes, 'binary')).toEqual(new Int8Array(bytes))
      }),
    )
  })

  test('bfloat16 is the upper half of a single-precision number', () => {
    fc.assert(
      fc.property(fc.uint16Array({ maxLength: 40 }), (halves) => {
        const singles = new Float32Array(Uint32Array.from(halves, (bits) => (bits << 16) >>> 0).buffer)
        expect(read(new Uint8Array(halves.buffer), 'bfloat16')).toEqual(singles)
      }),
    )
  })

  test.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x03ff, 1023 * 2 ** -24],
    [0x8001, -(2 ** -24)],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('the half-precision bits %i are %d', (bits, value) => {
    expect(read(Uint8Array.of(bits & 0xff, bits >>> 8), 'float16')).toEqual(Float32Array.of(value))
    expect(read(Uint8Array.of(bits >>> 8, bits & 0xff), 'float16', true)).toEqual(Float32Array.of(value))
  })

  test('bytes that are not a whole number of elements are refused', () => {
    expect(() => read(Uint8Array.of(1, 2, 3), 'float16')).toThrow('has 3 bytes, not a multiple of 2 (float16)')
  })
})
