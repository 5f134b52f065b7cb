/** Returns the next number of a reproducible sequence, at least 0 and below 1. */
export type Random = () => number

/**
 * Creates a reproducible sequence of random numbers (mulberry32, seeded with an FNV-1a hash): equal seeds give equal numbers on every
 * machine. Not cryptographically secure.
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

/** Returns the 32-bit FNV-1a hash of the UTF-16 code units of a text. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
