import type { EmbeddingVector } from '@x/bedrock-like-types'
import { LRUCache } from 'lru-cache'
import type { EmbeddingCache } from '../contract/embedding-cache.ts'

/**
 * Options of `memoryCache()`.
 *
 * @public
 */
export interface MemoryCacheOptions {
  /**
   * Most bytes of vectors that are kept; those that were not used for longest go first.
   *
   * @defaultValue 64 MiB
   */
  readonly maxBytes?: number | undefined
  /**
   * How long a vector is kept, in milliseconds.
   *
   * @defaultValue until there is no room
   */
  readonly ttlMs?: number | undefined
}

const defaultMaxBytes = 64 * 1024 * 1024

/**
 * A cache in memory that forgets what was not used for longest. It keeps and gives copies, so that a caller may change the
 * vectors that it gets.
 *
 * @throws {TypeError} when `maxBytes` is not a positive integer.
 *
 * @public
 */
export function memoryCache(options: MemoryCacheOptions = {}): EmbeddingCache {
  const vectors = new LRUCache<string, EmbeddingVector>({
    maxSize: options.maxBytes ?? defaultMaxBytes,
    sizeCalculation: (vector) => Math.max(1, vector.byteLength),
    ttl: options.ttlMs ?? 0,
  })
  return {
    get: (keys) => keys.map((key) => vectors.get(key)?.slice()),
    set: (entries) => {
      for (const [key, vector] of entries) vectors.set(key, vector.slice())
    },
  }
}
