import type { SparseEmbedding } from '@x/bedrock-like-types'
import { AnswerError, describeShape, isJsonObject } from '@x/sagemaker-endpoint/model-kit'
import { isAbsent } from './nested-vectors.ts'

/** Most elements of a sparse vector: an index is a position in a vocabulary. */
const largestIndex = 2 ** 32 - 1

/**
 * Reads sparse vectors, one per text: lists of `{ index, value }` (TEI's `/embed_sparse`), or objects with `lexical_weights`, a
 * weight by token id (BGE-M3 in LMI). `[]` is a vector of zeros.
 *
 * @throws {AnswerError} if the value is anything else.
 */
export function sparseAnswer(body: unknown): (SparseEmbedding | undefined)[] {
  const rows = isJsonObject(body) ? (body['lexical_weights'] ?? [body]) : body
  if (!Array.isArray(rows)) throw new AnswerError(`expected sparse vectors, got ${describeShape(body)}`)
  return rows.map((row: unknown) => {
    if (Array.isArray(row)) return fromPairs(row)
    if (isAbsent(row)) return undefined
    if (isJsonObject(row)) return fromWeights(row['lexical_weights'] ?? row)
    throw new AnswerError(`expected a sparse vector, got ${describeShape(row)}`)
  })
}

function fromPairs(pairs: readonly unknown[]): SparseEmbedding {
  const indices = new Uint32Array(pairs.length)
  const values = new Float32Array(pairs.length)
  for (const [position, pair] of pairs.entries()) {
    const { index, value } = isJsonObject(pair) ? pair : {}
    indices[position] = checkedIndex(index, pair)
    values[position] = checkedValue(value, pair)
  }
  return { indices, values }
}

function fromWeights(weights: unknown): SparseEmbedding {
  if (!isJsonObject(weights)) throw new AnswerError(`expected weights by token id, got ${describeShape(weights)}`)
  const entries = Object.entries(weights)
  return {
    indices: Uint32Array.from(entries, ([id, weight]) =>
      checkedIndex(/^\d+$/.test(id) ? Number(id) : undefined, weight),
    ),
    values: Float32Array.from(entries, ([, weight]) => checkedValue(weight, weight)),
  }
}

function checkedIndex(index: unknown, context: unknown): number {
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= largestIndex) return index
  throw new AnswerError(`expected the position of an element, got ${describeShape(context)}`)
}

function checkedValue(value: unknown, context: unknown): number {
  if (typeof value === 'number') return value
  throw new AnswerError(`expected the value of an element, got ${describeShape(context)}`)
}
