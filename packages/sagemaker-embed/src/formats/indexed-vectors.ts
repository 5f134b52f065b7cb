import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { AnswerError } from './answer-error.ts'
import { describeShape } from './describe-shape.ts'
import { isRecord } from './is-record.ts'
import { textVector } from './nested-vectors.ts'

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
