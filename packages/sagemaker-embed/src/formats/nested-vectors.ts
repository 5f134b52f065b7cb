import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { AnswerError } from './answer-error.ts'
import { base64Vector } from './base64-vector.ts'
import { describeShape } from './describe-shape.ts'
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
  if (value instanceof Float32Array) return [value]
  if (!Array.isArray(value)) throw new AnswerError(`expected vectors, got ${describeShape(value)}`)
  return value.map((item) => textVector(item, call))
}

/**
 * Reads what a container sends for one text: a vector, a vector in base64, or token vectors, pooled.
 *
 * @throws {AnswerError} when the value is anything else.
 */
export function textVector(value: unknown, call: EmbeddingCall): Float32Array {
  if (value instanceof Float32Array) return value
  if (typeof value === 'string') return base64Vector(value)
  if (isVectorList(value)) return poolTokens(value, call.pooling)
  if (Array.isArray(value) && value.length === 1 && isVectorList(value[0])) return poolTokens(value[0], call.pooling)
  throw new AnswerError(`expected the vector of a text, got ${describeShape(value)}`)
}

function isVectorList(value: unknown): value is readonly Float32Array[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof Float32Array)
}
