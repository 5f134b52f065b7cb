import type {
  EmbeddingDtype,
  EmbeddingKind,
  EmbeddingVector,
  ImageBytes,
  ImageUrl,
  SparseEmbedding,
} from '@x/bedrock-like-types'

/**
 * How the vectors of a text's tokens become one vector: their mean, the first one (`cls`) or the last one.
 *
 * @public
 */
export type Pooling = 'mean' | 'cls' | 'last'

/**
 * One request, as a content handler sees it.
 *
 * @public
 */
export interface EmbeddingCall {
  /** What the vectors are for. */
  readonly kind: EmbeddingKind
  /** Inputs in the request; the answer must hold as many vectors. */
  readonly count: number
  /** Wanted length of a vector; `undefined` for the model's own. */
  readonly dimensions: number | undefined
  /** Wanted type of the elements; `undefined` for `float32`. */
  readonly dtype: EmbeddingDtype | undefined
  /** Whether unit length is asked of the container; `undefined` for its own default. */
  readonly normalize: boolean | undefined
  /** How an answer with one vector per token becomes one vector per text; `undefined` refuses such an answer. */
  readonly pooling: Pooling | undefined
  /** The container's own word for what the texts are for; `undefined` if none was configured. */
  readonly inputType: string | undefined
  /** Sent as `model` where the container knows that member. */
  readonly modelName: string | undefined
  /** Merged into the body last, at top level unless the format says otherwise. */
  readonly additionalParameters: Readonly<Record<string, unknown>> | undefined
}

/**
 * What is sent to the container.
 *
 * @public
 */
export interface EmbeddingRequest {
  /** The body, as the container expects it. */
  readonly body: Uint8Array
  /** Media type of the body. */
  readonly contentType: string
  /** Media type that is asked for. */
  readonly accept: string
  /** Value of the `X-Amzn-SageMaker-Custom-Attributes` header. */
  readonly customAttributes?: string | undefined
}

/**
 * The most that a container takes in one request; `undefined` for no known limit.
 *
 * @public
 */
export interface EmbeddingLimits {
  /** Most inputs in one request. */
  readonly maxTexts?: number | undefined
  /** Most bytes in the body of one request. */
  readonly maxBytes?: number | undefined
}

/**
 * Translates between inputs of one kind and a container's JSON.
 *
 * @typeParam Input - a text or an image.
 * @typeParam Output - what the model makes of an input.
 *
 * @public
 */
export interface EmbeddingInputFormat<Input, Output> {
  /** The container's limits, where its format or its defaults define them. */
  readonly limits: EmbeddingLimits
  /**
   * Writes the request for inputs. Texts already carry the instruction.
   *
   * @throws {SagemakerError} `invalid-request` for an option that the format has no parameter for.
   */
  request(inputs: readonly Input[], call: EmbeddingCall): EmbeddingRequest
  /**
   * Reads one output per input, in the order of the inputs; `undefined` for an input to which the container gave none. The
   * caller checks number, width and finiteness.
   *
   * The body is parsed from JSON in such a way that each array of numbers, unless it is empty, is a `Float32Array`, with NaN for
   * `null`.
   *
   * @throws {Error} if the answer has no shape that the format knows; becomes `unexpected-response`. A `SagemakerError` is
   * passed on as it is.
   */
  answer(body: unknown, call: EmbeddingCall): readonly (Output | undefined)[]
}

/**
 * The codec between an embedding call and a container's JSON.
 *
 * @public
 */
export interface EmbeddingContentHandler extends EmbeddingInputFormat<string, EmbeddingVector> {
  /** Names the format in messages and in cache keys. */
  readonly name: string
  /** How images are sent, if the container takes them. */
  readonly images?: EmbeddingInputFormat<ImageBytes | ImageUrl, EmbeddingVector> | undefined
  /** How sparse embeddings are asked for, if the container has them. */
  readonly sparse?: EmbeddingInputFormat<string, SparseEmbedding> | undefined
  /** How one vector per token is asked for, if the container has them. */
  readonly multiVector?: EmbeddingInputFormat<string, readonly Float32Array[]> | undefined
}
