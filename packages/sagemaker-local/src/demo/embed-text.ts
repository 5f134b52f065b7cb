import { fnv1a } from '../answers/seeded-random.ts'

const shortestGram = 3
const longestGram = 5

/**
 * A vector of unit length for a text: its character n-grams are hashed into `dimensions` slots, each with its own sign
 * (the "hashing trick", Weinberger et al., 2009), so that the cosine of two vectors tells how many n-grams the texts share. The
 * texts need not be words of any language; case and runs of white space do not matter.
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const counts = new Map<string, number>()
  for (const gram of characterGrams(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const vector = new Float32Array(dimensions)
  for (const [gram, count] of counts) {
    const hash = fnv1a(gram)
    const slot = hash % dimensions
    const sign = fnv1a(`${gram}±`) & 1 ? 1 : -1
    // A gram that occurs again says less than when it occurred first.
    vector[slot] = (vector[slot] ?? 0) + sign * Math.sqrt(count)
  }
  return toUnitLength(vector)
}

/** Scales a vector to length 1; one that is all zeros gets its first number set to 1. */
export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  if (length === 0) {
    const unit = new Float32Array(vector.length)
    unit[0] = 1
    return unit
  }
  return vector.map((value) => value / length)
}

/** Runs of 3 to 5 characters of each word, with marks for its beginning and end, and the words themselves. */
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
