import { similarity, type SimilarityMetric } from './similarity.ts'

/**
 * A vector's place in the list that was searched, and how alike it is.
 *
 * @public
 */
export interface ScoredVector {
  /** Position in the list that was searched, from 0. */
  readonly index: number
  /** How alike it is, as `similarity` defines it. */
  readonly score: number
}

/**
 * The `k` vectors most like a query, best first; of equal scores the one that comes first. Fewer when there are fewer.
 *
 * Compares with every vector, and keeps `k` results while it does. A score that is not a number comes last, as `-Infinity`.
 *
 * @param query - the vector to compare with.
 * @param vectors - the vectors to search, of the query's width.
 * @param k - how many are wanted, an integer of 0 or more.
 * @param metric - how they are compared. Default: `'cosine'`.
 * @throws {RangeError} when `k` is not such an integer, or a width differs.
 *
 * @public
 */
export function topK(
  query: ArrayLike<number>,
  vectors: Iterable<ArrayLike<number>>,
  k: number,
  metric: SimilarityMetric = 'cosine',
): ScoredVector[] {
  if (!Number.isInteger(k) || k < 0) throw new RangeError(`k must be an integer of 0 or more, got ${k}`)
  const best: ScoredVector[] = []
  let index = 0
  for (const vector of vectors) {
    const similar = similarity(query, vector, metric)
    const score = Number.isNaN(similar) ? Number.NEGATIVE_INFINITY : similar
    const worst = best.at(-1)
    if (best.length < k || (worst !== undefined && score > worst.score)) {
      if (best.length === k) best.pop()
      best.splice(insertionPoint(best, score), 0, { index, score })
    }
    index++
  }
  return best
}

/** Behind all that score as high or higher, so that equal scores keep the order of the list. */
function insertionPoint(best: readonly ScoredVector[], score: number): number {
  let low = 0
  let high = best.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((best[middle] as ScoredVector).score >= score) low = middle + 1
    else high = middle
  }
  return low
}
