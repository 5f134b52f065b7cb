import { LRUCache } from 'lru-cache'
import type { EndpointDescription } from './description/endpoint-description.ts'

/** Cache of endpoint descriptions. */
export interface DiscoveryCache {
  /** Returns the cached description, or `undefined` if there is none or it has expired. */
  get(key: string): EndpointDescription | undefined
  /** Stores a description. */
  set(key: string, description: EndpointDescription): void
}

/** Options of {@link discoveryCache}. */
export interface DiscoveryCacheOptions {
  /**
   * Maximum age of a description, in milliseconds.
   * @defaultValue 300_000
   */
  readonly maxAgeMs?: number | undefined
  /**
   * Maximum number of descriptions. The least recently used one is evicted first.
   * @defaultValue 1_000
   */
  readonly maxEntries?: number | undefined
}

/**
 * Creates an in-memory cache for `describeEndpoint`. Keys consist of URL, region and endpoint name: use a separate cache for
 * each set of credentials.
 */
export function discoveryCache(options: DiscoveryCacheOptions = {}): DiscoveryCache {
  const { maxAgeMs = 300_000, maxEntries = 1000 } = options
  const kept = new LRUCache<string, EndpointDescription>({ max: maxEntries, ttl: maxAgeMs })
  return {
    get: (key) => kept.get(key),
    set: (key, description) => void kept.set(key, description),
  }
}
