import { dot, norm } from './matrix.ts'

export interface Neighbour {
  readonly index: number
  /** Cosine with the query, from -1 to 1; 0 for a vector of zeros. */
  readonly score: number
}

/**
 * The vectors that point most nearly where the query points, nearest first, those of equal score in their order. Where there
 * is no vector, or one of another length, there is no neighbour.
 */
export function nearestVectors(
  query: Float32Array,
  vectors: readonly (Float32Array | undefined)[],
  limit: number,
): Neighbour[] {
  const length = norm(query)
  const scored: Neighbour[] = []
  for (const [index, vector] of vectors.entries()) {
    if (vector === undefined || vector.length !== query.length) continue
    const lengths = length * norm(vector)
    scored.push({ index, score: lengths === 0 ? 0 : Math.max(-1, Math.min(1, dot(query, vector) / lengths)) })
  }
  return scored.sort((a, b) => b.score - a.score || a.index - b.index).slice(0, limit)
}
