import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { AnswerError, describeShape, isRecord } from './answer-shape.ts'
import { base64Vector } from './base64-vector.ts'
import { nestedVectors, textVector } from './nested-vectors.ts'

/** Where containers put vectors; the first that is there is read. */
const vectorMembers = ['data', 'embeddings', 'embedding', 'vectors', 'dense_vecs', 'embeddingsByType', 'predictions']

/**
 * Reads vectors from any shape that a container is known to answer with: bare nested arrays, a list of objects with an
 * `embedding` each, or either of these, by number type or not, in a member of an object.
 *
 * @throws {AnswerError} when the value has none of these shapes.
 */
export function anyVectors(body: unknown, call: EmbeddingCall): Float32Array[] {
  if (Array.isArray(body) && isRecord(body[0])) return indexedVectors(body, call)
  if (Array.isArray(body) || body instanceof Float32Array) return nestedVectors(body, call)
  const member = isRecord(body) ? vectorMembers.find((name) => body[name] !== undefined) : undefined
  if (!isRecord(body) || member === undefined) throw new AnswerError(`expected vectors, got ${describeShape(body)}`)
  const value = body[member]
  if (typeof value === 'string') return [base64Vector(value)]
  return isRecord(value) ? typedVectors(value, call) : anyVectors(value, call)
}

/**
 * Reads a list of objects with a vector each, as OpenAI's `data` is, and orders it by `index`; without any `index` it is
 * in order. The vector is in `embedding`, `data` (token vectors, vLLM) or `dense_vecs` (LMI).
 *
 * @throws {AnswerError} when an item has no vector, or the indices are not each text's exactly once.
 */
export function indexedVectors(items: readonly unknown[], call: EmbeddingCall): Float32Array[] {
  const vectors: Float32Array[] = []
  const numbered = items.filter((item) => isRecord(item) && item['index'] !== undefined).length
  if (numbered > 0 && numbered < items.length) throw new AnswerError('some items of the answer have no index')
  for (const [position, item] of items.entries()) {
    const value = isRecord(item) ? (item['embedding'] ?? item['data'] ?? item['dense_vecs']) : undefined
    if (!isRecord(item) || value === undefined) {
      throw new AnswerError(`expected an object with a vector, got ${describeShape(item)}`)
    }
    const index = item['index'] ?? position
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= items.length) {
      throw new AnswerError(`item ${position} of ${items.length} in the answer has an index out of range`)
    }
    if (vectors[index] !== undefined) throw new AnswerError(`the answer has index ${index} more than once`)
    vectors[index] = textVector(value, call)
  }
  return vectors
}

/** Best first. Packed bits are not here: their bytes are no coordinates. */
const readableTypes = ['float', 'base64', 'int8', 'uint8']

/**
 * Reads vectors that come by number type (`{ float: [[f]], int8: [[f]] }`), in the most precise type there is.
 *
 * @throws {AnswerError} when no type is there that can be read.
 */
export function typedVectors(byType: Readonly<Record<string, unknown>>, call: EmbeddingCall): Float32Array[] {
  const type = readableTypes.find((name) => byType[name] !== undefined)
  if (type !== undefined) return nestedVectors(byType[type], call)
  throw new AnswerError(`expected one of the types ${readableTypes.join(', ')}, got ${Object.keys(byType).join(', ')}`)
}
