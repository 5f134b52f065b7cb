import type { EmbeddingVector, ImageBytes, ImageUrl, SparseEmbedding } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type {
  EmbeddingCall,
  EmbeddingContentHandler,
  EmbeddingInputFormat,
} from '../contract/embedding-content-handler.ts'
import { denseVectors, multiVectors, type OutputCheck, sparseVectors } from '../formats/check-vectors.ts'

/** A kind of input with the kind of output that the model computes for it. */
export interface Ability<Input, Output> {
  readonly format: EmbeddingInputFormat<Input, Output>
  readonly check: OutputCheck<Output>
  /** Copies an output, so that changing one changes no other. */
  readonly copy: (output: Output) => Output
  /** Whether outputs can be kept in a cache, which holds dense vectors of texts. */
  readonly isCacheable: boolean
  /** An input that every model accepts; `undefined` if there is none, as for images. */
  readonly probe: Input | undefined
}

/** A short text that every model accepts. */
const probe = 'a'

type DenseCall = Pick<EmbeddingCall, 'dtype' | 'normalize'>

/** Dense vectors of texts, which every content handler supports. */
export function denseTexts(
  handler: EmbeddingContentHandler,
  { dtype, normalize }: DenseCall,
): Ability<string, EmbeddingVector> {
  return { format: handler, check: denseVectors(dtype, normalize === true), copy: copied, isCacheable: true, probe }
}

/** @throws {SagemakerError} `invalid-request` if the format does not take images. */
export function denseImages(
  handler: EmbeddingContentHandler,
  { dtype, normalize }: DenseCall,
): Ability<ImageBytes | ImageUrl, EmbeddingVector> {
  const format = available(handler.images, handler, 'images')
  return { format, check: denseVectors(dtype, normalize === true), copy: copied, isCacheable: false, probe: undefined }
}

/** @throws {SagemakerError} `invalid-request` if the format has no sparse vectors. */
export function sparseTexts(handler: EmbeddingContentHandler): Ability<string, SparseEmbedding> {
  const format = available(handler.sparse, handler, 'sparse embeddings')
  const copy = ({ indices, values }: SparseEmbedding): SparseEmbedding => ({
    indices: indices.slice(),
    values: values.slice(),
  })
  return { format, check: sparseVectors, copy, isCacheable: false, probe }
}

/** @throws {SagemakerError} `invalid-request` if the format has one vector per text only. */
export function multiVectorTexts(handler: EmbeddingContentHandler): Ability<string, readonly Float32Array[]> {
  const format = available(handler.multiVector, handler, 'several vectors per text')
  const copy = (vectors: readonly Float32Array[]): Float32Array[] => vectors.map((vector) => vector.slice())
  return { format, check: multiVectors, copy, isCacheable: false, probe }
}

function copied(vector: EmbeddingVector): EmbeddingVector {
  return vector.slice()
}

function available<Format>(format: Format | undefined, { name }: EmbeddingContentHandler, what: string): Format {
  if (format !== undefined) return format
  throw new SagemakerError('invalid-request', `the format ${name} has no ${what}. Name another contentHandler.`)
}
