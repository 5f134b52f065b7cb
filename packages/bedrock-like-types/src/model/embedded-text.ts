import type { EmbeddingVector } from './embedding-vector.ts'

/**
 * A text with its vector.
 *
 * @public
 */
export interface EmbeddedText<V extends EmbeddingVector = Float32Array> {
  /** The caller's own id; `undefined` when the text came without one. */
  readonly id: string | undefined
  /** Position in the source, from 0. */
  readonly index: number
  /** The text, as it came from the source. */
  readonly text: string
  /** The vector, in the number type that was asked for. */
  readonly embedding: V
  /** Never set: tells the two kinds apart. */
  readonly error?: undefined
}

/**
 * A text that the model refused.
 *
 * @public
 */
export interface FailedText {
  /** The caller's own id; `undefined` when the text came without one. */
  readonly id: string | undefined
  /** Position in the source, from 0. */
  readonly index: number
  /** The text, as it came from the source. */
  readonly text: string
  /** Never set: tells the two kinds apart. */
  readonly embedding?: undefined
  /** Why there is no vector. */
  readonly error: Error
}
