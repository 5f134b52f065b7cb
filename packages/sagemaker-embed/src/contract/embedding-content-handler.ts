/**
 * What a text is for: a search query, or a text that is to be found.
 *
 * @public
 */
export type EmbeddingKind = 'query' | 'text'

/**
 * How the vectors of a text's tokens become one vector: their mean, the first one (`cls`) or the last one.
 *
 * @public
 */
export type Pooling = 'mean' | 'cls' | 'last'

/**
 * One call of the model, as a content handler sees it.
 *
 * @public
 */
export interface EmbeddingCall {
  /** What the texts are for. */
  readonly kind: EmbeddingKind
  /** How many texts are sent; the answer must hold as many vectors. */
  readonly count: number
  /** Wanted length of a vector; `undefined` for the model's own. */
  readonly dimensions: number | undefined
  /** Whether unit length is asked of the container; `undefined` for its own default. */
  readonly normalize: boolean | undefined
  /** How an answer with one vector per token is made one vector per text; `undefined` refuses such an answer. */
  readonly pooling: Pooling | undefined
  /** The container's own word for what the texts are for; `undefined` when none was configured. */
  readonly inputType: string | undefined
  /** Sent as `model`, where the container knows that, when given. */
  readonly modelName: string | undefined
  /** Merged into the body last, at top level. */
  readonly additionalParameters: Readonly<Record<string, unknown>> | undefined
}

/**
 * The request that a content handler makes.
 *
 * @public
 */
export interface EmbeddingRequest {
  /** The body, as the container wants it. */
  readonly body: Uint8Array
  /** Media type of the body. */
  readonly contentType: string
  /** Media type that is asked for. */
  readonly accept: string
  /** Goes to the container as the `X-Amzn-SageMaker-Custom-Attributes` header. */
  readonly customAttributes?: string | undefined
}

/**
 * The most that a container takes in one request.
 *
 * @public
 */
export interface EmbeddingLimits {
  /** Most texts in one request; `undefined` for no limit that is known. */
  readonly maxTexts?: number | undefined
  /** Most bytes in the body of one request; `undefined` for no limit that is known. */
  readonly maxBytes?: number | undefined
}

/**
 * The codec between an embedding call and a container's JSON.
 *
 * @public
 */
export interface EmbeddingContentHandler {
  /** Names the format in messages and in cache keys. */
  readonly name: string
  /** The container's limits, where its format or its defaults name them. */
  readonly limits: EmbeddingLimits
  /** Makes the request for texts, which already carry the instruction. */
  request(texts: readonly string[], call: EmbeddingCall): EmbeddingRequest
  /**
   * Reads a whole answer into one vector per text, in the order of the texts. The number, width and finiteness of the
   * vectors are checked by the caller.
   *
   * The answer is parsed from JSON such that each array of numbers, unless it is empty, is a `Float32Array` already, with
   * NaN for `null`: take it as it is.
   *
   * @throws {Error} when the answer has no shape that the format knows; becomes `unexpected-response`. A `SagemakerError` is
   * passed on as it is.
   */
  answer(body: unknown, call: EmbeddingCall): Float32Array[]
}
