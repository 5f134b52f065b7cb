/**
 * Where vectors are kept between calls: in memory, on disk, in Redis. Methods may answer at once or with a promise.
 *
 * Keys are of fixed length and hold no text. A cache that fails loses nothing but time: the failure goes to the callback
 * `onCacheError`, and the texts are sent.
 *
 * @public
 */
export interface EmbeddingCache {
  /** The vectors that are known, in the order of the keys; `undefined` for the others. */
  get(
    keys: readonly string[],
  ): readonly (Float32Array | undefined)[] | PromiseLike<readonly (Float32Array | undefined)[]>
  /** Keeps vectors. They belong to the caller, who may change them: a cache in memory keeps copies, and gives copies. */
  set(entries: readonly EmbeddingCacheEntry[]): void | PromiseLike<void>
}

/**
 * A key and its vector.
 *
 * @public
 */
export type EmbeddingCacheEntry = readonly [key: string, vector: Float32Array]
