import type { EmbeddingDtype, EmbeddingVector, SparseEmbedding } from '@x/bedrock-like-types'
import { AnswerError, describeShape } from '@x/sagemaker-endpoint/model-kit'
import { toUnitLength } from '../vectors/unit-length.ts'
import { withDtype } from './element-type.ts'

/** What an answer has for one input: its output, or why that output is of no use. */
export type Checked<Output> =
  | { readonly output: Output; readonly fault?: undefined }
  | { readonly output?: undefined; readonly fault: AnswerError }

/** Checks the outputs of one kind. */
export interface OutputCheck<Output> {
  /** Numbers in a vector; `undefined` if there is no such number. */
  widthOf(output: Output): number | undefined
  /**
   * The output as the caller gets it.
   *
   * @throws {AnswerError} if the output is of no use, whatever the others are.
   */
  checked(output: Output): Output
  /** What is done to an output that came from a container, after the checks. */
  finished?(output: Output): Output
}

/**
 * Checks that there is one output per input and that all are of one width. An output that is missing, has numbers that are not
 * finite, or differs from a width that is already known fails only its own input.
 *
 * @param width - the width that is known, from the options or from an earlier answer.
 * @throws {AnswerError} if the number of outputs is wrong, no output has the known width, or widths differ while none is known:
 * it is then not certain which output belongs to which input.
 */
export function checkOutputs<Output>(
  outputs: unknown,
  count: number,
  width: number | undefined,
  check: OutputCheck<Output>,
): Checked<Output>[] {
  if (!Array.isArray(outputs)) throw new AnswerError(`expected a list of vectors, got ${describeShape(outputs)}`)
  if (outputs.length !== count) {
    throw new AnswerError(`expected ${count} vectors, got ${outputs.length} (${describeShape(outputs)})`)
  }
  const list = outputs as readonly (Output | undefined)[]
  const present = list.filter((output) => output !== undefined)
  const first = present[0]
  const wanted = width ?? (first === undefined ? undefined : check.widthOf(first))
  const others = present.filter((output) => check.widthOf(output) !== wanted)
  if (others[0] !== undefined && (width === undefined || others.length === present.length)) {
    throw new AnswerError(
      `expected vectors of ${wanted} numbers, got ${check.widthOf(others[0])} (${describeShape(outputs)})`,
    )
  }
  return list.map((output) => {
    if (output === undefined) return { fault: new AnswerError('the answer has no vector for this input') }
    if (others.includes(output)) {
      return { fault: new AnswerError(`expected a vector of ${wanted} numbers, got ${check.widthOf(output)}`) }
    }
    try {
      const checked = check.checked(output)
      return { output: check.finished === undefined ? checked : check.finished(checked) }
    } catch (fault) {
      if (fault instanceof AnswerError) return { fault }
      throw fault
    }
  })
}

/**
 * Dense vectors of an element type; ones of another type are converted if they can be.
 *
 * @param isUnitLength - whether floating point vectors are scaled to length 1.
 */
export function denseVectors(dtype: EmbeddingDtype | undefined, isUnitLength: boolean): OutputCheck<EmbeddingVector> {
  return {
    widthOf: (vector) => {
      if (isVector(vector) && vector.length > 0) return vector.length
      throw new AnswerError(`expected a vector, got ${describeShape(vector)}`)
    },
    checked: (vector) => {
      checkFinite(vector)
      return withDtype(vector, dtype)
    },
    finished: (vector) => (isUnitLength && vector instanceof Float32Array ? toUnitLength(vector) : vector),
  }
}

/** Sparse vectors: as many values as indices, each index once, in ascending order. */
export const sparseVectors: OutputCheck<SparseEmbedding> = {
  widthOf: () => undefined,
  checked: ({ indices, values }) => {
    if (indices.length !== values.length) {
      throw new AnswerError(`a sparse vector has ${indices.length} indices and ${values.length} values`)
    }
    checkFinite(values)
    const order = indices.every((index, position) => position === 0 || index > (indices[position - 1] as number))
      ? undefined
      : Uint32Array.from(indices.keys()).sort((a, b) => (indices[a] as number) - (indices[b] as number))
    if (order === undefined) return { indices, values }
    const sorted = indices.map((_, position) => indices[order[position] as number] as number)
    if (sorted.some((index, position) => position > 0 && index === sorted[position - 1])) {
      throw new AnswerError('a sparse vector has an index more than once')
    }
    return { indices: sorted, values: values.map((_, position) => values[order[position] as number] as number) }
  },
}

/** One or more vectors per input, one per token, all of one width. */
export const multiVectors: OutputCheck<readonly Float32Array[]> = {
  widthOf: (vectors) => vectors[0]?.length,
  checked: (vectors) => {
    for (const vector of vectors) {
      if (vector.length !== vectors[0]?.length) {
        throw new AnswerError(`token vectors of one text differ in width: ${vectors[0]?.length} and ${vector.length}`)
      }
      checkFinite(vector)
    }
    return vectors
  },
}

function isVector(value: unknown): value is EmbeddingVector {
  return value instanceof Float32Array || value instanceof Int8Array || value instanceof Uint8Array
}

function checkFinite(vector: EmbeddingVector): void {
  if (!(vector instanceof Float32Array)) return
  // The difference is 0 only for finite numbers; a plain loop is several times faster than `findIndex`.
  for (let index = 0; index < vector.length; index++) {
    const value = vector[index] as number
    if (value - value !== 0) throw new AnswerError(`number ${index} of ${vector.length} in the vector is not finite`)
  }
}
