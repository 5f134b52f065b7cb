import type { CallOptions } from '../../options/call-options.ts'
import type { BatchCodec } from './batch-codec.ts'
import type { BatchObserver } from './batch-observer.ts'
import type { ResultCache } from './result-cache.ts'

/** Settings that all requests of one call have in common. */
export interface BatchRun<Item, Result> {
  readonly codec: BatchCodec<Item, Result>
  /** Whether a failed item is an outcome like any other (`skip`) or ends the call (`throw`). */
  readonly onError: 'skip' | 'throw'
  readonly signal?: AbortSignal | undefined
  /** Routing, time limits and retries of this call. */
  readonly callOptions?: Omit<CallOptions, 'contentType' | 'accept' | 'signal'> | undefined
  readonly observer?: BatchObserver | undefined
  /** Only for results that depend on their item and nothing else: not for models that are not splittable. */
  readonly cache?: ResultCache<Item, Result> | undefined
}
