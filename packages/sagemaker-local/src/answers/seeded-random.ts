/** The next number of a reproducible sequence, at least 0 and below 1. */
export type Random = () => number

/**
 * A reproducible sequence for a seed of any kind (mulberry32 over an FNV-1a hash): the same seed gives the same numbers
 * on every machine. Good enough to choose words, not to keep secrets.
 */
export function seededRandom(seed: string | number): Random {
  let state = fnv1a(String(seed))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The 32-bit FNV-1a hash of a text's UTF-16 units. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
