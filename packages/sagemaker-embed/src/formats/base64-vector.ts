import { Buffer } from 'node:buffer'
import { endianness } from 'node:os'
import { AnswerError } from './answer-shape.ts'

/**
 * Decodes a vector that was sent as base64 of little-endian single-precision numbers (`encoding_format: 'base64'`).
 *
 * @throws {AnswerError} when the text is not base64 of whole numbers.
 */
export function base64Vector(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  // Node skips what is not base64: then there are fewer bytes than the text has room for.
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) {
    throw new AnswerError('expected a vector in base64, got other text')
  }
  if (bytes.length % 4 !== 0) throw new AnswerError(`a vector in base64 has ${bytes.length} bytes, not a multiple of 4`)
  const vector = new Float32Array(bytes.length / 4)
  Buffer.from(vector.buffer).set(endianness() === 'LE' ? bytes : bytes.swap32())
  return vector
}
