import { AnswerError, describeShape, isJsonObject } from '@x/sagemaker-endpoint/model-kit'
import { indexedItems } from './indexed-items.ts'
import { isAbsent, tokenVectorsIn } from './nested-vectors.ts'

/** Where containers put the token vectors of a text: Jina, vLLM, LMI. */
const itemMembers = ['embeddings', 'data', 'embedding', 'colbert_vecs'] as const

/**
 * Reads several vectors per text: a list of objects with them, as Jina's and vLLM's `data` is, or nested arrays, as the Hugging
 * Face toolkit sends them.
 *
 * @throws {AnswerError} if the value is anything else, such as one vector per text.
 */
export function multiVectorAnswer(body: unknown): (readonly Float32Array[] | undefined)[] {
  const rows = isJsonObject(body) ? (body['data'] ?? body['embeddings']) : body
  if (!Array.isArray(rows)) throw new AnswerError(`expected several vectors per text, got ${describeShape(body)}`)
  const values: readonly unknown[] = rows.some(isJsonObject)
    ? indexedItems(rows).map((item) => item[itemMembers.find((name) => item[name] !== undefined) ?? ''] ?? item)
    : rows
  return values.map((value) => {
    const vectors = tokenVectorsIn(value)
    if (vectors !== undefined || isAbsent(value)) return vectors
    throw new AnswerError(`expected several vectors per text, got ${describeShape(body)}`)
  })
}
