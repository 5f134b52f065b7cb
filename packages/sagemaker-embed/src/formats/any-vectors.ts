import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { AnswerError } from './answer-error.ts'
import { base64Vector } from './base64-vector.ts'
import { describeShape } from './describe-shape.ts'
import { indexedVectors } from './indexed-vectors.ts'
import { isRecord } from './is-record.ts'
import { nestedVectors } from './nested-vectors.ts'
import { typedVectors } from './typed-vectors.ts'

/** Where containers put vectors; the first that is there is read. */
const MEMBERS = ['data', 'embeddings', 'embedding', 'vectors', 'dense_vecs', 'embeddingsByType', 'predictions']

/**
 * Reads vectors from any shape that a container is known to answer with: bare nested arrays, a list of objects with an
 * `embedding` each, or either of these, by number type or not, in a member of an object.
 *
 * @throws {AnswerError} when the value has none of these shapes.
 */
export function anyVectors(body: unknown, call: EmbeddingCall): Float32Array[] {
  if (Array.isArray(body) && isRecord(body[0])) return indexedVectors(body, call)
  if (Array.isArray(body) || body instanceof Float32Array) return nestedVectors(body, call)
  const member = isRecord(body) ? MEMBERS.find((name) => body[name] !== undefined) : undefined
  if (!isRecord(body) || member === undefined) throw new AnswerError(`expected vectors, got ${describeShape(body)}`)
  const value = body[member]
  if (typeof value === 'string') return [base64Vector(value)]
  return isRecord(value) ? typedVectors(value, call) : anyVectors(value, call)
}
