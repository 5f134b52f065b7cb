import { seededRandom } from '../random.ts'

/** As they come from a socket. */
export type Chunks = readonly Uint8Array<ArrayBuffer>[]

/** The bytes in chunks of random lengths between the two given, each in its own memory as from a socket. */
export function cut(bytes: Uint8Array, shortest: number, longest: number): Uint8Array<ArrayBuffer>[] {
  const random = seededRandom(7)
  const chunks: Uint8Array<ArrayBuffer>[] = []
  for (let start = 0; start < bytes.length;) {
    const length = shortest + Math.floor(random() * (longest - shortest + 1))
    chunks.push(bytes.slice(start, start + length))
    start += length
  }
  return chunks
}

/**
 * The same list several times over. Inputs are short enough to stay in the cache of the processor, where what has just come from
 * a socket is, and repeated until there is enough to measure.
 */
export function repeat<T>(list: readonly T[], times: number): readonly T[] {
  return Array.from({ length: times }, () => list).flat()
}
