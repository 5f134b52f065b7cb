import type { CachedVectors } from '../cache/cached-vectors.ts'
import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import type { RunObserver } from './run-observer.ts'

/** One call of the user's, from its first text to its last: what all of its requests share. */
export interface EmbeddingRun {
  /** What the content handler is told, besides the number of texts. */
  readonly call: Omit<EmbeddingCall, 'count'>
  /** Put before every text, as it is. */
  readonly instruction: string
  /** Whether a text that fails is a result like others, or ends the call. */
  readonly onError: 'throw' | 'skip'
  readonly signal: AbortSignal
  readonly observer: RunObserver
  /** What the cache knows; `undefined` without a cache. */
  readonly vectors: CachedVectors | undefined
  /** Numbers in a vector, once it is known: all vectors of a call have the same. */
  width: number | undefined
}
