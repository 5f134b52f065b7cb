import { Buffer } from 'node:buffer'
import { endianness } from 'node:os'
import type { EmbeddingVector } from '@x/bedrock-like-types'
import { AnswerError } from '@x/sagemaker-endpoint/model-kit'
import type { ElementEncoding } from './element-type.ts'

/** Bytes of an element on the wire. */
const elementBytes = { float32: 4, float16: 2, bfloat16: 2, int8: 1, uint8: 1, binary: 1, ubinary: 1 } as const

/**
 * Decodes a vector that was sent as base64. The text does not say what its elements are: the caller has to know.
 *
 * @throws {AnswerError} if the text is not base64 of a whole number of elements.
 */
export function base64Vector(text: string, { type, isBigEndian }: ElementEncoding): EmbeddingVector {
  const bytes = Buffer.from(text, 'base64')
  // Node skips what is not base64: then there are fewer bytes than the text has room for.
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) {
    throw new AnswerError('expected a vector in base64, got other text')
  }
  const size = elementBytes[type]
  if (bytes.length % size !== 0) {
    throw new AnswerError(`a vector in base64 has ${bytes.length} bytes, not a multiple of ${size} (${type})`)
  }
  switch (type) {
    case 'float32':
      return singles(bytes, isBigEndian)
    case 'float16':
      return Float32Array.from({ length: bytes.length / 2 }, (_, index) =>
        halfPrecision(half(bytes, index, isBigEndian)),
      )
    case 'bfloat16':
      return Float32Array.from({ length: bytes.length / 2 }, (_, index) => brain(half(bytes, index, isBigEndian)))
    case 'int8':
    case 'binary':
      return Int8Array.from(bytes, (byte) => (byte << 24) >> 24)
    case 'uint8':
    case 'ubinary':
      return Uint8Array.from(bytes)
  }
}

function singles(bytes: Buffer, isBigEndian: boolean): Float32Array {
  const vector = new Float32Array(bytes.length / 4)
  const isNative = isBigEndian === (endianness() === 'BE')
  Buffer.from(vector.buffer).set(isNative ? bytes : bytes.swap32())
  return vector
}

function half(bytes: Buffer, index: number, isBigEndian: boolean): number {
  return isBigEndian ? bytes.readUInt16BE(index * 2) : bytes.readUInt16LE(index * 2)
}

/** The value of an IEEE 754 half: 1 bit of sign, 5 of exponent, 10 of fraction. Node.js has `Float16Array` from version 24 on. */
function halfPrecision(bits: number): number {
  const sign = bits >>> 15 === 1 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const scratch = new DataView(new ArrayBuffer(4))

/** The value of a bfloat16: the upper half of a single-precision number. */
function brain(bits: number): number {
  scratch.setUint16(0, bits)
  return scratch.getFloat32(0)
}
