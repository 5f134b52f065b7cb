import { fnv1a } from '../answers/seeded-random.ts'

const shortestGram = 3
const longestGram = 5

/**
 * Embeds a text as a vector of unit length: hashes its character n-grams into `dimensions` slots, each with a sign (the "hashing trick",
 * Weinberger et al., 2009), so that the cosine of two vectors reflects how many n-grams the texts share. Works for any language. Case and
 * runs of white space are ignored.
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const counts = new Map<string, number>()
  for (const gram of characterGrams(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const vector = new Float32Array(dimensions)
  for (const [gram, count] of counts) {
    const hash = fnv1a(gram)
    const slot = hash % dimensions
    const sign = fnv1a(`${gram}±`) & 1 ? 1 : -1
    // Repeated n-grams count less than distinct ones.
    vector[slot] = (vector[slot] ?? 0) + sign * Math.sqrt(count)
  }
  return toUnitLength(vector)
}

/** Scales a vector to length 1. A vector of zeros gets 1 as its first element. */
export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  if (length === 0) {
    const unit = new Float32Array(vector.length)
    unit[0] = 1
    return unit
  }
  return vector.map((value) => value / length)
}

/** Yields the runs of 3 to 5 characters of each word, including marks for its beginning and end, and the words themselves. */
export function* characterGrams(text: string): Generator<string> {
  for (const word of text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]+/gu) ?? []) {
    const characters = Array.from(`^${word}$`)
    yield word
    for (let size = shortestGram; size <= longestGram; size++) {
      for (let start = 0; start + size <= characters.length; start++)
        yield characters.slice(start, start + size).join('')
    }
  }
}
