import type { AbortOption } from './abort-option.ts'
import type { EmbeddingDtype } from './embedding-vector.ts'

/**
 * How far a call with many texts has come.
 *
 * @public
 */
export interface EmbeddingProgress {
  /** Texts that are done, with a vector or refused. */
  readonly done: number
  /** Texts that were refused. */
  readonly failed: number
  /** Texts in all; `undefined` while the source has not ended. */
  readonly total: number | undefined
  /** Texts that were done per second since the call began. */
  readonly textsPerSecond: number
  /** Tokens of the texts, as far as the model said; `undefined` when it never did. */
  readonly tokens: number | undefined
}

/**
 * Options of a call with many texts.
 *
 * @public
 */
export interface EmbeddingCallOptions extends AbortOption {
  /** Called after each batch. */
  readonly onProgress?: ((progress: EmbeddingProgress) => void) | undefined
}

/**
 * What a vector is for: for searching with, or for being found. Many models embed the two in different ways.
 *
 * @public
 */
export type EmbeddingKind = 'query' | 'text'

/**
 * Options of a call that embeds inputs of any kind.
 *
 * @public
 */
export interface EmbedOptions<D extends EmbeddingDtype = EmbeddingDtype> extends EmbeddingCallOptions {
  /** What the vectors are for. */
  readonly kind: EmbeddingKind
  /**
   * Length of the vectors, for models that have a choice.
   *
   * @defaultValue that of the model object, then the container's
   */
  readonly dimensions?: number | undefined
  /**
   * Type of the elements.
   *
   * @defaultValue `'float32'`
   */
  readonly dtype?: D | undefined
}

/**
 * Options of a stream of texts.
 *
 * @public
 */
export interface EmbedStreamOptions extends EmbeddingCallOptions {
  /**
   * What happens with a text that the model refuses: the stream fails, or the text is yielded with its error and the stream goes on.
   *
   * @defaultValue `'throw'`
   */
  readonly onError?: 'throw' | 'skip' | undefined
}
