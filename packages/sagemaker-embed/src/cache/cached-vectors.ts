import { createHash } from 'node:crypto'
import type { EmbeddingCache, EmbeddingCacheEntry } from '../contract/embedding-cache.ts'

/** The cache as one call sees it: with keys for its kind of text, and with failures that end nothing. */
export class CachedVectors {
  readonly #cache: EmbeddingCache
  readonly #keyOf: (text: string) => string
  readonly #failed: (error: unknown) => void

  constructor(cache: EmbeddingCache, keyOf: (text: string) => string, failed: (error: unknown) => void) {
    this.#cache = cache
    this.#keyOf = keyOf
    this.#failed = failed
  }

  /** The vectors that are known, in the order of the texts; `undefined` for the others. */
  async find(texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    if (texts.length === 0) return []
    try {
      const found = await this.#cache.get(texts.map(this.#keyOf))
      return texts.map((_, position) => found[position] ?? undefined)
    } catch (error) {
      this.#failed(error)
      return []
    }
  }

  /** Keeps the vectors of the texts that have one. */
  async keep(
    texts: readonly string[],
    outcomes: readonly { readonly vector?: Float32Array | undefined }[],
  ): Promise<void> {
    const entries: EmbeddingCacheEntry[] = []
    for (const [position, text] of texts.entries()) {
      const vector = outcomes[position]?.vector
      if (vector !== undefined) entries.push([this.#keyOf(text), vector])
    }
    if (entries.length === 0) return
    try {
      await this.#cache.set(entries)
    } catch (error) {
      this.#failed(error)
    }
  }
}

/** Everything besides the text that decides what its vector is. */
export type CacheIdentity = Readonly<Record<string, unknown>>

/**
 * Makes the function that makes keys: SHA-256 over everything that decides what a vector is. A query thus never gets a
 * passage's vector, nor one of another model, instruction or width.
 */
export function cacheKeyOf(identity: CacheIdentity): (text: string) => string {
  // One hash with the identity in it is copied for each text.
  const prefix = createHash('sha256').update(JSON.stringify(identity)).update('\n')
  // UTF-16, because UTF-8 makes all lone surrogates the same.
  return (text) => prefix.copy().update(text, 'utf16le').digest('base64url')
}
