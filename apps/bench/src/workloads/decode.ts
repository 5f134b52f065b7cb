import type { Decoder } from '@x/stream-core/decoders'

/** Gives what a decoder of ours finds in all chunks, and at their end, to a function. */
export function decode<I, O>(
  decoder: Required<Pick<Decoder<I, O>, 'pushEach' | 'flushEach'>>,
  chunks: readonly I[],
  take: (item: O) => void,
): void {
  for (const chunk of chunks) decoder.pushEach(chunk, take)
  decoder.flushEach(take)
}
