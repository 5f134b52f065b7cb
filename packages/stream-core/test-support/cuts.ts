import * as fc from 'fast-check'
import type { Decoder } from '../src/decoders/decoder.ts'

/** The chunk sizes at which fixed inputs are replayed; the last one leaves them whole. */
export const chunkSizes: readonly number[] = [1, 2, 3, 7, 64, Number.POSITIVE_INFINITY]

/** `bytes` in chunks of `size`. */
export function cutEvery(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += size) chunks.push(bytes.slice(start, start + size))
  return chunks
}

/** `bytes` cut at random places, with empty chunks among them. */
export function cutAnywhere(bytes: Uint8Array): fc.Arbitrary<Uint8Array[]> {
  return fc.array(fc.nat(bytes.length), { maxLength: 12 }).map((places) => {
    const borders = [0, ...places.sort((a, b) => a - b), bytes.length]
    return borders.slice(1).map((border, index) => bytes.slice(borders[index], border))
  })
}

/** What a decoder makes of chunks: its values, and the error that ended it, if any. */
export interface Outcome<O> {
  readonly values: O[]
  readonly error?: unknown
}

/** Runs a decoder through its callback form, which reports an error in the call that finds it. */
export function run<O>(decoder: Decoder<Uint8Array, O>, chunks: Iterable<Uint8Array>): Outcome<O> {
  const values: O[] = []
  const emit = (value: O): void => void values.push(value)
  try {
    for (const chunk of chunks) decoder.pushEach!(chunk, emit)
    decoder.flushEach!(emit)
    return { values }
  } catch (error) {
    return { values, error }
  }
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
