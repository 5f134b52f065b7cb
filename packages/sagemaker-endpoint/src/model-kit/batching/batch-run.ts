import type { CallOptions } from '../../options/call-options.ts'
import type { BatchCodec } from './batch-codec.ts'
import type { BatchObserver } from './batch-observer.ts'
import type { ResultCache } from './result-cache.ts'

/** One call of a model, from its first item to its last: what all of its requests have in common. */
export interface BatchRun<Item, Result> {
  readonly codec: BatchCodec<Item, Result>
  /** Whether an item that fails is an outcome like others, or ends the call: items after it may then not be sent. */
  readonly onError: 'skip' | 'throw'
  readonly signal?: AbortSignal | undefined
  /** Routing, time limits and retries of this call. */
  readonly callOptions?: Omit<CallOptions, 'contentType' | 'accept' | 'signal'> | undefined
  readonly observer?: BatchObserver | undefined
  /** Only for results that depend on their item and nothing else: not for models that are not splittable. */
  readonly cache?: ResultCache<Item, Result> | undefined
}
