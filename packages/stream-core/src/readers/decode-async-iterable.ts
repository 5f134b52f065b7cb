import type { Decoder } from '../decoders/decoder.ts'
import { DecodeReader } from './decode-reader.ts'
import { ReaderIterator } from './reader-iterator.ts'
import { oneItem, SourceReader } from './source-reader.ts'
import type { StreamIterator } from './stream-iterator.ts'
import type { StreamSource } from './stream-source.ts'

/**
 * Decodes an async iterable without RxJS: the values, pulled one at a time with back-pressure. The source is asked for its
 * next chunk only when all values of the last one have been taken, and is closed as soon as the iteration is left.
 *
 * Values that were decoded before an error of the source or of the decoder are delivered before it.
 */
export function decodeAsyncIterable<I, O>(source: StreamSource<I>, decoder: Decoder<I, O>): StreamIterator<O> {
  return new ReaderIterator(new DecodeReader(new SourceReader(() => source, oneItem), [() => decoder]), undefined)
}
