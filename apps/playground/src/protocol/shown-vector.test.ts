import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeVector, encodeVector, isSparse, type ShownVector, type VectorForm } from './shown-vector.ts'

const anyVector: fc.Arbitrary<readonly [VectorForm, ShownVector]> = fc.oneof(
  fc.tuple(fc.constant('float32' as const), fc.float32Array()),
  fc.tuple(fc.constantFrom('int8' as const, 'binary' as const), fc.int8Array()),
  fc.tuple(fc.constantFrom('uint8' as const, 'ubinary' as const), fc.uint8Array()),
  fc.tuple(
    fc.constant('sparse' as const),
    fc.array(fc.tuple(fc.nat(2 ** 32 - 1), fc.float({ noNaN: true }))).map((entries) => ({
      indices: Uint32Array.from(entries, ([index]) => index),
      values: Float32Array.from(entries, ([, value]) => value),
    })),
  ),
)

it('is little-endian', () => {
  expect(encodeVector(new Float32Array([1]))).toBe(Buffer.from([0, 0, 128, 63]).toString('base64'))
})

it('gives back every vector of every form, bit by bit', () => {
  fc.assert(
    fc.property(anyVector, ([form, vector]) => {
      const read = decodeVector(encodeVector(vector), form)
      expect(isSparse(read)).toBe(form === 'sparse')
      expect(read).toEqual(vector)
    }),
  )
})
