/** Words that may come next, with their probabilities, most probable first. */
export interface NextTokens {
  readonly ids: readonly number[]
  readonly probabilities: readonly number[]
}

/** Counts of what follows a context. */
interface Followers {
  readonly counts: Map<number, number>
  total: number
}

/** Taken from every count and given to the shorter context, so that words seen elsewhere get a chance, too. */
const discount = 0.3

/**
 * A back-off n-gram model with absolute discounting (Ney, Essen and Kneser, 1994): what follows a context of several words
 * is estimated from its counts in the training text, interpolated with the estimate for the context without its first word:
 *
 *     p(w | context) = max(count(context w) - d, 0) / count(context) + d * distinct(context) / count(context) * p(w | shorter context)
 */
export class NGramModel {
  readonly #vocabularySize: number
  /** Followers by context length, then by context. */
  readonly #followers: readonly Map<number, Followers>[]

  /**
   * @param texts - Token ids of each training text.
   * @param vocabularySize - Greater than every id.
   * @param order - Words that are looked at together, the predicted one included.
   */
  constructor(texts: Iterable<readonly number[]>, vocabularySize: number, order: number = 5) {
    this.#vocabularySize = vocabularySize
    this.#followers = Array.from({ length: order }, () => new Map())
    for (const ids of texts) {
      for (let index = 0; index < ids.length; index++) {
        for (const [length, contexts] of this.#followers.entries()) {
          if (length <= index) this.#count(contexts, this.#key(ids, index - length, index), ids[index] ?? 0)
        }
      }
    }
  }

  /**
   * What may follow the words of `context`: every word that was seen after its last word or words; every word at all if none was.
   */
  next(context: readonly number[]): NextTokens {
    const chain = this.#matchingFollowers(context)
    const candidates = new Set(
      chain.slice(0, Math.max(1, chain.length - 1)).flatMap(({ counts }) => [...counts.keys()]),
    )
    const estimates = [...candidates].map((id) => ({ id, probability: estimate(chain, id, 0) }))
    estimates.sort((a, b) => b.probability - a.probability || a.id - b.id)
    const sum = estimates.reduce((total, { probability }) => total + probability, 0)
    return {
      ids: estimates.map(({ id }) => id),
      probabilities: estimates.map(({ probability }) => probability / sum),
    }
  }

  /** Whether the last word of `context` was ever followed by another one. */
  knows(context: readonly number[]): boolean {
    return this.#matchingFollowers(context).length > 1
  }

  /** The followers of the longest known end of `context`, then of ever shorter ends, down to the empty one. */
  #matchingFollowers(context: readonly number[]): Followers[] {
    const chain: Followers[] = []
    for (let length = Math.min(this.#followers.length - 1, context.length); length >= 0; length--) {
      const followers = this.#followers[length]?.get(this.#key(context, context.length - length, context.length))
      if (followers) chain.push(followers)
    }
    return chain
  }

  #count(contexts: Map<number, Followers>, key: number, id: number): void {
    let followers = contexts.get(key)
    if (!followers) contexts.set(key, (followers = { counts: new Map(), total: 0 }))
    followers.counts.set(id, (followers.counts.get(id) ?? 0) + 1)
    followers.total++
  }

  /** Ids as the digits of one number: exact as long as vocabulary size to the power of four stays below 2^53. */
  #key(ids: readonly number[], start: number, end: number): number {
    let key = 0
    for (let index = start; index < end; index++) key = key * this.#vocabularySize + (ids[index] ?? 0)
    return key
  }
}

function estimate(chain: readonly Followers[], id: number, depth: number): number {
  const followers = chain[depth]
  if (!followers) return 0
  const { counts, total } = followers
  const seen = Math.max((counts.get(id) ?? 0) - discount, 0) / total
  return seen + ((discount * counts.size) / total) * estimate(chain, id, depth + 1)
}
