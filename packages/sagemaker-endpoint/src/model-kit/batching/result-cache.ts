import { createHash } from 'node:crypto'
import type { Outcomes } from './outcome.ts'

/** Where results are kept between calls. Methods may return at once or with a promise. */
export interface ResultStore<Result> {
  /** The known results in the order of the keys; `undefined` for the others. */
  get(keys: readonly string[]): readonly (Result | undefined)[] | PromiseLike<readonly (Result | undefined)[]>
  set(entries: readonly (readonly [key: string, result: Result])[]): void | PromiseLike<void>
}

/** Options of a `ResultCache`. */
export interface ResultCacheOptions<Item, Result> {
  readonly store: ResultStore<Result>
  readonly keyOf: (item: Item) => string
  /**
   * Checks a value from the store as a container's answer is checked: a store can be shared, old or corrupt.
   *
   * @throws {Error} Says what is wrong with it; the item is then sent.
   */
  readonly check: (value: unknown) => void
  /** Called with every failure of the store and with every unusable value. None of them fails the call. */
  readonly failed: (error: unknown) => void
}

/** The cache of one call. A store that fails costs requests and nothing else. */
export class ResultCache<Item, Result> {
  readonly #options: ResultCacheOptions<Item, Result>

  constructor(options: ResultCacheOptions<Item, Result>) {
    this.#options = options
  }

  /** The known results in the order of the items; `undefined` for the others. */
  async find(items: readonly Item[]): Promise<readonly (Result | undefined)[]> {
    if (items.length === 0) return []
    const { store, keyOf } = this.#options
    try {
      const found = await store.get(items.map(keyOf))
      return items.map((_, position) => this.#checked(found[position]))
    } catch (error) {
      this.#options.failed(error)
      return []
    }
  }

  /** Keeps the results of the items that have one. */
  async keep(items: readonly Item[], outcomes: Outcomes<Result>): Promise<void> {
    const { store, keyOf } = this.#options
    const entries = items.flatMap((item, position): [string, Result][] => {
      const result = outcomes[position]?.result
      return result === undefined ? [] : [[keyOf(item), result]]
    })
    if (entries.length === 0) return
    try {
      await store.set(entries)
    } catch (error) {
      this.#options.failed(error)
    }
  }

  #checked(value: Result | null | undefined): Result | undefined {
    if (value === undefined || value === null) return undefined
    try {
      this.#options.check(value)
      return value
    } catch (error) {
      this.#options.failed(error)
      return undefined
    }
  }
}

/**
 * Makes cache keys: SHA-256 over everything that decides what a result is, and the item as text. Keys hold no text.
 *
 * @param identity - all that decides the result in addition to the item: endpoint, model, format, options.
 */
export function cacheKeys(identity: Readonly<Record<string, unknown>>): (text: string) => string {
  // One hash with the identity in it is copied for each item.
  const prefix = createHash('sha256').update(JSON.stringify(identity)).update('\n')
  // UTF-16, because UTF-8 makes all lone surrogates the same.
  return (text) => prefix.copy().update(text, 'utf16le').digest('base64url')
}
