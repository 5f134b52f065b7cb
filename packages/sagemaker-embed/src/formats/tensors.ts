import type { EmbeddingVector } from '@x/bedrock-like-types'
import { AnswerError, describeShape, isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { poolTokens } from './nested-vectors.ts'

/** A tensor of the Open Inference Protocol, version 2, as Triton and KServe send it in JSON. */
export interface Tensor extends JsonObject {
  readonly shape: Float32Array
}

/** Whether a JSON value is a tensor. Its shape is an array of numbers, and so a `Float32Array`. */
export function isTensor(value: unknown): value is Tensor {
  return isJsonObject(value) && value['shape'] instanceof Float32Array && value['data'] !== undefined
}

/**
 * Reads vectors from the output tensors of an answer: those of the tensor with the given name, or else of the first whose shape
 * is that of vectors for the inputs. `data` is flat in row-major order, or nested.
 *
 * - `[count, width]`: one vector per input; `[width]` for a single input.
 * - `[count, tokens, width]`: token vectors, pooled.
 *
 * @throws {AnswerError} if there is no such tensor, or its data does not fill its shape.
 */
export function tensorVectors(
  tensors: readonly unknown[],
  call: EmbeddingCall,
  name?: string,
): (EmbeddingVector | undefined)[] {
  const candidates = tensors.filter(isTensor)
  const tensor =
    name === undefined
      ? candidates.find(({ shape }) => isShapeOfVectors(shape, call.count))
      : candidates.find((candidate) => candidate['name'] === name)
  if (tensor === undefined)
    throw new AnswerError(`expected a tensor of ${call.count} vectors, got ${describeTensors(candidates)}`)
  const shape = tensor.shape.length === 1 ? [1, ...tensor.shape] : [...tensor.shape]
  const [count = 0, ...inner] = shape
  const width = inner.at(-1) ?? 0
  const numbers = flat(tensor['data'])
  if (count !== call.count || numbers.length !== shape.reduce((product, size) => product * size, 1)) {
    throw new AnswerError(`expected a tensor of ${call.count} vectors, got ${describeTensors([tensor])}`)
  }
  const rows = Array.from({ length: width === 0 ? 0 : numbers.length / width }, (_, row) =>
    numbers.slice(row * width, (row + 1) * width),
  )
  if (inner.length === 1) return rows
  const tokens = rows.length / count
  return Array.from({ length: count }, (_, input) =>
    tokens === 0 ? undefined : poolTokens(rows.slice(input * tokens, (input + 1) * tokens), call.pooling),
  )
}

function isShapeOfVectors(shape: Float32Array, count: number): boolean {
  if (shape.length === 1) return count === 1
  return (shape.length === 2 || shape.length === 3) && shape[0] === count
}

/** The numbers of flat or nested data, in order. */
function flat(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data
  const rows: unknown[] = Array.isArray(data) ? data.flat(Number.POSITIVE_INFINITY) : [data]
  const vectors = rows.filter((row) => row instanceof Float32Array)
  if (vectors.length !== rows.length) throw new AnswerError(`expected the data of a tensor, got ${describeShape(data)}`)
  const numbers = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0))
  let start = 0
  for (const vector of vectors) {
    numbers.set(vector, start)
    start += vector.length
  }
  return numbers
}

function describeTensors(tensors: readonly Tensor[]): string {
  if (tensors.length === 0) return 'no tensor'
  return tensors
    .slice(0, 3)
    .map(({ shape }) => `a tensor of shape [${shape.join(', ')}]`)
    .join(', ')
}
