/**
 * How two vectors are compared: by the angle between them, by their dot product, or by their distance.
 *
 * @public
 */
export type SimilarityMetric = 'cosine' | 'dot' | 'euclidean'

/**
 * How alike two vectors are; more is always more alike.
 *
 * - `cosine`: dot(a, b) / (|a| |b|), from -1 to 1; 0 when either is a zero vector, which has no direction.
 * - `dot`: the sum of a[i] b[i]; equals the cosine for vectors of unit length.
 * - `euclidean`: minus the distance |a - b|, so that 0 means equal and less means further away.
 *
 * Sums are in double precision.
 *
 * @param a - a vector.
 * @param b - a vector of the same width.
 * @param metric - how they are compared. Default: `'cosine'`.
 * @throws {RangeError} when the widths differ.
 *
 * @public
 */
export function similarity(a: ArrayLike<number>, b: ArrayLike<number>, metric: SimilarityMetric = 'cosine'): number {
  if (a.length !== b.length) throw new RangeError(`vectors differ in width: ${a.length} and ${b.length}`)
  switch (metric) {
    case 'cosine':
      return cosine(a, b)
    case 'dot':
      return dot(a, b)
    case 'euclidean':
      // Not a plain minus: equal vectors are 0 apart, not -0.
      return 0 - distance(a, b)
  }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number)
  return sum
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += ((a[index] as number) - (b[index] as number)) ** 2
  return Math.sqrt(sum)
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0
  let squaresOfA = 0
  let squaresOfB = 0
  for (let index = 0; index < a.length; index++) {
    const x = a[index] as number
    const y = b[index] as number
    product += x * y
    squaresOfA += x * x
    squaresOfB += y * y
  }
  if (squaresOfA === 0 || squaresOfB === 0) return 0
  // Rounding can leave the range by a few units in the last place.
  return Math.max(-1, Math.min(1, product / (Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB))))
}
