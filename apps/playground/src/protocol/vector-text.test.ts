import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeVector, encodeVector } from './vector-text.ts'

describe('a vector as text', () => {
  it('comes back bit by bit', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 60 }), (vector) => {
        expect(decodeVector(encodeVector(vector))).toEqual(vector)
      }),
    )
  })

  it('is little-endian', () => {
    expect(encodeVector(new Float32Array([1]))).toBe(Buffer.from([0, 0, 128, 63]).toString('base64'))
  })
})
