import { type CreateDecoder, DecodeReader } from './decode-reader.ts'
import type { Reader } from './reader.ts'

/** How a stream is read. */
export interface Recipe {
  readonly createReader: () => Reader<unknown>
  /** Decodes what that reader delivers: one reader for all, however often a stream was piped. */
  readonly createDecoders: readonly CreateDecoder[]
  /** Ends every run of the stream. */
  readonly signal: AbortSignal | undefined
}

/** The recipes of the streams that this copy of the package made; kept beside their class so that two copies agree on its type. */
export const recipes: WeakMap<object, Recipe> = new WeakMap()

/** The reader of one run. */
export function readerOf<T>({ createReader, createDecoders }: Recipe): Reader<T> {
  const reader = createReader()
  return createDecoders.length === 0 ? (reader as Reader<T>) : new DecodeReader(reader, createDecoders)
}
