import type { AbortOption } from './abort-option.ts'

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
  /** Told after each batch. */
  readonly onProgress?: ((progress: EmbeddingProgress) => void) | undefined
}

/**
 * Options of a stream of texts.
 *
 * @public
 */
export interface EmbedStreamOptions extends EmbeddingCallOptions {
  /**
   * What happens with a text that the model refuses: the stream fails, or the text is yielded with its error and the stream goes on.
   * Default: `'throw'`.
   */
  readonly onError?: 'throw' | 'skip' | undefined
}
