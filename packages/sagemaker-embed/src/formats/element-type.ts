import type { EmbeddingDtype, EmbeddingVector } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { AnswerError } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'

/** How the elements of vectors are encoded on the wire. */
export interface ElementEncoding {
  readonly type: EmbeddingDtype | 'bfloat16'
  readonly isBigEndian: boolean
}

/** What servers of OpenAI's format call the type of the elements: vLLM; Voyage and Mistral; NIM and Jina. */
const typeParameters = ['embed_dtype', 'output_dtype', 'embedding_type'] as const

/** Names of the types that can be read; `float` and `base64` stand for the default of servers. */
const typesByName: ReadonlyMap<unknown, ElementEncoding['type']> = new Map<unknown, ElementEncoding['type']>([
  ['float', 'float32'],
  ['base64', 'float32'],
  ['float32', 'float32'],
  ['float16', 'float16'],
  ['bfloat16', 'bfloat16'],
  ['int8', 'int8'],
  ['uint8', 'uint8'],
  ['binary', 'binary'],
  ['ubinary', 'ubinary'],
])

/**
 * How the elements of the answer to a call are encoded: as its `dtype` or one of its `additionalParameters` asks for.
 *
 * @throws {SagemakerError} `invalid-request` for a type or byte order that cannot be read for certain.
 */
export function elementEncoding(call: EmbeddingCall): ElementEncoding {
  const parameters = call.additionalParameters ?? {}
  const { endianness = 'little' } = parameters
  if (endianness !== 'little' && endianness !== 'big') throw unreadable('endianness', endianness)
  let type: ElementEncoding['type'] = call.dtype ?? 'float32'
  for (const name of typeParameters) {
    const value = parameters[name]
    if (value === undefined) continue
    const asked = typesByName.get(value)
    if (asked === undefined || (asked !== 'bfloat16' && isPacked(asked) && call.dtype !== asked))
      throw unreadable(name, value)
    type = asked
  }
  return { type, isBigEndian: endianness === 'big' }
}

function unreadable(parameter: string, value: unknown): SagemakerError {
  const shown = JSON.stringify(value)?.slice(0, 40)
  const message = `additionalParameters.${parameter}: vectors of ${shown} would not be what a Float32Array holds. Use the option dtype of embed(): 'float16', 'int8', 'uint8', 'binary' or 'ubinary'.`
  return new SagemakerError('invalid-request', message)
}

/** Whether elements of the type are eight bits of a packed vector, and not coordinates. */
export function isPacked(dtype: EmbeddingDtype | undefined): boolean {
  return dtype === 'binary' || dtype === 'ubinary'
}

/**
 * A vector in the array of its `dtype`, whether the container sent it as numbers or as bytes.
 *
 * @throws {AnswerError} if an element does not fit: the container sent another type than it was asked for.
 */
export function withDtype(vector: EmbeddingVector, dtype: EmbeddingDtype | undefined): EmbeddingVector {
  switch (dtype) {
    case undefined:
    case 'float32':
    case 'float16':
      return vector instanceof Float32Array ? vector : Float32Array.from(vector)
    case 'int8':
    case 'binary':
      return vector instanceof Int8Array ? vector : wholeNumbers(vector, Int8Array.from(vector), dtype)
    case 'uint8':
    case 'ubinary':
      return vector instanceof Uint8Array ? vector : wholeNumbers(vector, Uint8Array.from(vector), dtype)
  }
}

function wholeNumbers<V extends Int8Array | Uint8Array>(
  vector: EmbeddingVector,
  converted: V,
  dtype: EmbeddingDtype,
): V {
  const position = vector.findIndex((element, index) => element !== converted[index])
  if (position === -1) return converted
  throw new AnswerError(`element ${position} of ${vector.length} is not of the type ${dtype} that was asked for`)
}
