import type { TextOutcome } from '../engine/text-outcome.ts'
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
  async keep(texts: readonly string[], outcomes: readonly TextOutcome[]): Promise<void> {
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
