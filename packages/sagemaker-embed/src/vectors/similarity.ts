/**
 * How two vectors are compared: by the angle between them, by their dot product, by their distance, or by their bits.
 *
 * @public
 */
export type SimilarityMetric = 'cosine' | 'dot' | 'euclidean' | 'hamming'

/**
 * How similar two vectors are; a larger value is always more similar.
 *
 * - `cosine`: dot(a, b) / (|a| |b|), from -1 to 1; 0 if either is a zero vector, which has no direction.
 * - `dot`: the sum of a[i] b[i]; equals the cosine for vectors of unit length.
 * - `euclidean`: minus the distance |a - b|, so that 0 means equal and less means further away.
 * - `hamming`: of packed bits (`dtype` `binary`, `ubinary`), 1 - differing bits / (8 x bytes), from 0 to 1.
 *
 * Sums are in double precision. The elements of packed bits are not coordinates: compare them by `hamming` only.
 *
 * @param a - a vector.
 * @param b - a vector of the same width and of the same type of elements.
 * @param metric - how they are compared.
 * @defaultValue `metric`: `'cosine'`
 * @throws {RangeError} if the widths differ.
 * @throws {TypeError} if the types of typed arrays differ; by `hamming` also if they are not `Int8Array` or `Uint8Array`.
 *
 * @public
 */
export function similarity(a: ArrayLike<number>, b: ArrayLike<number>, metric: SimilarityMetric = 'cosine'): number {
  if (a.length !== b.length) throw new RangeError(`vectors differ in width: ${a.length} and ${b.length}`)
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && typeOf(a) !== typeOf(b)) {
    throw new TypeError(`vectors differ in the type of their elements: ${typeOf(a)} and ${typeOf(b)}`)
  }
  switch (metric) {
    case 'cosine':
      return cosine(a, b)
    case 'dot':
      return dot(a, b)
    case 'euclidean':
      // Not a plain minus: equal vectors are 0 apart, not -0.
      return 0 - distance(a, b)
    case 'hamming':
      return sharedBits(a, b)
  }
}

function typeOf(vector: object): string {
  return Object.prototype.toString.call(vector).slice('[object '.length, -1)
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

/** The share of bits that are equal; 1 for vectors without elements. */
function sharedBits(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (const vector of [a, b]) {
    if (vector instanceof Int8Array || vector instanceof Uint8Array) continue
    throw new TypeError('hamming compares packed bits: an Int8Array or a Uint8Array')
  }
  if (a.length === 0) return 1
  let differing = 0
  for (let index = 0; index < a.length; index++) {
    // Signed and unsigned packed bits differ in their first bit only, on both sides alike.
    differing += bitCounts[((a[index] as number) ^ (b[index] as number)) & 0xff] as number
  }
  return 1 - differing / (8 * a.length)
}

/** How many bits of each byte are 1. */
const bitCounts = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0
  for (let bits = byte; bits > 0; bits >>>= 1) count += bits & 1
  return count
})
