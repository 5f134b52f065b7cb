/**
 * The array that holds a vector, by the type of its elements.
 *
 * @public
 */
export interface EmbeddingVectors {
  /** 32-bit floating point numbers. */
  readonly float32: Float32Array
  /** 16-bit floating point numbers on the wire, 32-bit ones in memory. */
  readonly float16: Float32Array
  /** Whole numbers from -128 to 127. */
  readonly int8: Int8Array
  /** Whole numbers from 0 to 255. */
  readonly uint8: Uint8Array
  /** Bits, eight in each element, as signed bytes. */
  readonly binary: Int8Array
  /** Bits, eight in each element, as unsigned bytes. */
  readonly ubinary: Uint8Array
}

/**
 * The type of the elements of a vector.
 *
 * @public
 */
export type EmbeddingDtype = keyof EmbeddingVectors

/**
 * A vector, by the type of its elements.
 *
 * @public
 */
export type EmbeddingVector<D extends EmbeddingDtype = EmbeddingDtype> = EmbeddingVectors[D]

/**
 * A vector of which only the elements that are not 0 are given.
 *
 * @public
 */
export interface SparseEmbedding {
  /** Positions of the elements, usually ids of tokens, in ascending order. */
  readonly indices: Uint32Array
  /** Their values, in the same order. */
  readonly values: Float32Array
}
