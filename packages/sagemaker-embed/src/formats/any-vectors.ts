import type { EmbeddingVector } from '@x/bedrock-like-types'
import { AnswerError, describeShape, isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { base64Vector } from './base64-vector.ts'
import { elementEncoding } from './element-type.ts'
import { indexedItems } from './indexed-items.ts'
import { nestedVectors, vectorOf } from './nested-vectors.ts'
import { isTensor, tensorVectors } from './tensors.ts'

type Vectors = (EmbeddingVector | undefined)[]

/** Where containers put vectors; the first that is there is read. */
const vectorMembers = [
  'data',
  'embeddings',
  'embedding',
  'vectors',
  'vector',
  'dense_vecs',
  'embeddingsByType',
  'predictions',
  'outputs',
  'output',
  'results',
  'result',
]

/**
 * Reads vectors from any shape that a container is known to answer with: bare nested arrays, a list of objects with a vector
 * each, tensors, or any of these, by number type or not, in a member of an object.
 *
 * @throws {AnswerError} if the value has none of these shapes.
 */
export function anyVectors(body: unknown, call: EmbeddingCall): Vectors {
  if (Array.isArray(body) && body.some(isTensor)) return tensorVectors(body, call)
  if (Array.isArray(body) && body.some(isJsonObject)) return indexedVectors(body, call)
  if (Array.isArray(body) || body instanceof Float32Array) return nestedVectors(body, call)
  const member = isJsonObject(body) ? vectorMembers.find((name) => body[name] !== undefined) : undefined
  if (!isJsonObject(body) || member === undefined) throw new AnswerError(`expected vectors, got ${describeShape(body)}`)
  const value = body[member]
  if (typeof value === 'string') return [base64Vector(value, elementEncoding(call))]
  if (!isJsonObject(value)) return anyVectors(value, call)
  return vectorMembers.some((name) => value[name] !== undefined) ? anyVectors(value, call) : typedVectors(value, call)
}

/** Where the items of a list have their vector: OpenAI, vLLM's token vectors, LMI, and scripts of users. */
const itemMembers = ['embedding', 'data', 'dense_vecs', 'vector', 'embeddings'] as const

/**
 * Reads a list of objects with a vector each, as OpenAI's `data` is, in the order of their `index`. An item with `null`, `[]` or
 * an `error` in place of its vector is an input without one.
 *
 * @throws {AnswerError} if an item has no known member, or the indices are not those of all items, each once.
 */
export function indexedVectors(items: readonly unknown[], call: EmbeddingCall): Vectors {
  return indexedItems(items).map((item) => {
    const member = itemMembers.find((name) => item[name] !== undefined)
    if (member !== undefined) return vectorOf(item[member], call)
    if (item['error'] !== undefined) return undefined
    throw new AnswerError(`expected an object with a vector, got ${describeShape(item)}`)
  })
}

/** Best first. Packed bits are not among them, because their bytes are not coordinates: they have to be asked for. */
const typesOfCoordinates = ['float', 'base64', 'int8', 'uint8']

/**
 * Reads vectors that come by number type (`{ float: [[f]], int8: [[f]] }`): those of the type that was asked for, or else the
 * most precise type there is.
 *
 * @throws {AnswerError} if that type is missing.
 */
export function typedVectors(byType: JsonObject, call: EmbeddingCall): Vectors {
  const wanted = call.dtype === undefined || call.dtype === 'float32' ? typesOfCoordinates : [call.dtype]
  const type = wanted.find((name) => byType[name] !== undefined)
  if (type !== undefined) return nestedVectors(byType[type], call)
  throw new AnswerError(`expected one of the types ${wanted.join(', ')}, got ${describeShape(byType)}`)
}
