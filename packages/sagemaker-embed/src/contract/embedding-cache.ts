import type { EmbeddingVector } from '@x/bedrock-like-types'

/**
 * Where vectors are kept between calls: in memory, on disk, in Redis. Methods may return at once or with a promise.
 *
 * Keys are of fixed length and hold no text. A cache that fails loses nothing but time: the failure goes to the callback
 * `onCacheError`, and the texts are sent. What it returns is checked as an answer is: a value that is not a vector of finite
 * numbers and of the right type and width goes to `onCacheError`, too.
 *
 * @public
 */
export interface EmbeddingCache {
  /** The known vectors in the order of the keys; `undefined` for the others. */
  get(
    keys: readonly string[],
  ): readonly (EmbeddingVector | undefined)[] | PromiseLike<readonly (EmbeddingVector | undefined)[]>
  /** Keeps vectors. They belong to the caller, who may change them: a cache in memory keeps copies, and returns copies. */
  set(entries: readonly EmbeddingCacheEntry[]): void | PromiseLike<void>
}

/**
 * A key and its vector.
 *
 * @public
 */
export type EmbeddingCacheEntry = readonly [key: string, vector: EmbeddingVector]
