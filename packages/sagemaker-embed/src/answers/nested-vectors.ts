import type { EmbeddingCall } from '../embedding-content-handler.ts'
import { AnswerError } from './answer-error.ts'
import { base64Vector } from './base64-vector.ts'
import { describeShape } from './describe-shape.ts'
import { isNumberArray, numberVector } from './number-vector.ts'
import { poolTokens } from './pool-tokens.ts'

/**
 * Reads vectors from nested arrays of numbers, by their depth:
 *
 * - `[f]`: the vector of the only text;
 * - `[[f]]`: one vector per text;
 * - `[[[f]]]`: one list of token vectors per text, pooled;
 * - `[[[[f]]]]`: the same with every text's list in a list of its own.
 *
 * @throws {AnswerError} when the value is anything else.
 */
export function nestedVectors(value: unknown, call: EmbeddingCall): Float32Array[] {
  if (isNumberArray(value)) return [numberVector(value)]
  if (!Array.isArray(value)) throw new AnswerError(`expected vectors, got ${describeShape(value)}`)
  return value.map((item) => textVector(item, call))
}

/**
 * Reads what a container sends for one text: a vector, a vector in base64, or token vectors, pooled.
 *
 * @throws {AnswerError} when the value is anything else.
 */
export function textVector(value: unknown, call: EmbeddingCall): Float32Array {
  if (isNumberArray(value)) return numberVector(value)
  if (typeof value === 'string') return base64Vector(value)
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isNumberArray)) return poolTokens(value, call.pooling)
    const [inner] = value as readonly unknown[]
    if (value.length === 1 && Array.isArray(inner) && inner.every(isNumberArray)) return poolTokens(inner, call.pooling)
  }
  throw new AnswerError(`expected the vector of a text, got ${describeShape(value)}`)
}
