import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Vector } from './base64-vector.ts'

test('gives back every vector, whatever its numbers', () => {
  fc.assert(
    fc.property(fc.float32Array({ minLength: 0, maxLength: 70 }), (vector) => {
      const bytes = Buffer.alloc(vector.length * 4)
      for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
      const decoded = base64Vector(bytes.toString('base64'))
      expect(decoded).toEqual(vector)
      expect(decoded.byteLength).toBe(decoded.buffer.byteLength)
    }),
  )
})
