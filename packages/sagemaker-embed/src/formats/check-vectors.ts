import { AnswerError, describeShape } from './answer-shape.ts'

/** What an answer has for one text: its vector, or why that vector is of no use. */
export type CheckedVector =
  | { readonly vector: Float32Array; readonly fault?: undefined }
  | { readonly vector?: undefined; readonly fault: AnswerError }

/**
 * Checks that there is one vector per text and that all are of one width. A number that is not finite fails its text alone.
 *
 * @param width - the width that is wanted; `undefined` for any, but the same for all.
 * @throws {AnswerError} when the count or a width is wrong: it is then unknown which vector belongs to which text.
 */
export function checkVectors(vectors: unknown, count: number, width: number | undefined): CheckedVector[] {
  if (!isVectorList(vectors)) throw new AnswerError(`expected a list of vectors, got ${describeShape(vectors)}`)
  if (vectors.length !== count) {
    throw new AnswerError(`expected ${count} vectors, got ${vectors.length} (${describeShape(vectors)})`)
  }
  const wanted = width ?? vectors[0]?.length
  const other = vectors.find((vector) => vector.length !== wanted || vector.length === 0)
  if (other !== undefined) {
    throw new AnswerError(`expected vectors of ${wanted} numbers, got ${other.length} (${describeShape(vectors)})`)
  }
  return vectors.map((vector) => {
    const position = firstNotFinite(vector)
    if (position === -1) return { vector }
    return { fault: new AnswerError(`number ${position} of ${vector.length} in the vector is not finite`) }
  })
}

function isVectorList(value: unknown): value is readonly Float32Array[] {
  return Array.isArray(value) && value.every((item) => item instanceof Float32Array)
}

function firstNotFinite(vector: Float32Array): number {
  // The difference is 0 for every finite number alone; a plain loop is several times faster than `findIndex`.
  for (let index = 0; index < vector.length; index++) {
    const value = vector[index] as number
    if (value - value !== 0) return index
  }
  return -1
}
