/**
 * Kind of a cache point.
 *
 * @public
 */
export type CachePointType = 'default'

/**
 * How long a cache entry lives.
 *
 * @public
 */
export type CacheTTL = '5m' | '1h'

/**
 * Everything before this point of the prompt may be cached by the service.
 *
 * @public
 */
export interface CachePointBlock {
  /** Kind of the cache point. */
  readonly type: CachePointType | undefined
  /** How long the entry lives. */
  readonly ttl?: CacheTTL | undefined
}
