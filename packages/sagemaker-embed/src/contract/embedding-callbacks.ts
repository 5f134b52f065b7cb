import type { SagemakerError } from '@x/sagemaker-endpoint'
import type { EmbeddingKind } from './embedding-content-handler.ts'

/**
 * What every event of a call has.
 *
 * @public
 */
export interface EmbeddingEvent {
  /** The same in all events of one call, and in no other. */
  readonly callId: string
  /** What the texts are for. */
  readonly kind: EmbeddingKind
}

/**
 * A request was answered with vectors.
 *
 * @public
 */
export interface EmbeddingRequestEvent extends EmbeddingEvent {
  /** Texts in the request. */
  readonly texts: number
  /** Bytes of its body. */
  readonly bytes: number
  /** How often it was sent. */
  readonly attempts: number
  /** SageMaker's id of the request. */
  readonly requestId: string | undefined
  /** Tokens of the texts, where the container says. */
  readonly tokens: number | undefined
  /** From when it was its turn to when the answer was read, in milliseconds. */
  readonly durationMs: number
}

/**
 * A request was refused and its texts are sent again in parts: it was too large, or one of its texts is at fault.
 *
 * @public
 */
export interface EmbeddingSplitEvent extends EmbeddingEvent {
  /** Texts in the request that was refused. */
  readonly texts: number
  /** Requests that take its place. */
  readonly parts: number
  /** Why it was refused. */
  readonly error: SagemakerError
  /** Most texts in a request from now on. */
  readonly maxTexts: number
  /** Most bytes in a request from now on; `Infinity` when no limit is known. */
  readonly maxBytes: number
}

/**
 * The number of requests in flight was changed: lowered because the endpoint throttled, or raised because it no longer does.
 *
 * @public
 */
export interface EmbeddingConcurrencyEvent extends EmbeddingEvent {
  /** Requests in flight from now on, at most. */
  readonly concurrency: number
  /** Why it was changed. */
  readonly reason: 'throttled' | 'recovered'
}

/**
 * The cache failed; the call goes on without it.
 *
 * @public
 */
export interface EmbeddingCacheErrorEvent extends EmbeddingEvent {
  /** What the cache threw. */
  readonly error: unknown
}

/**
 * A call is over.
 *
 * @public
 */
export interface EmbeddingEndEvent extends EmbeddingEvent {
  /** Whether the consumer left before the end. */
  readonly aborted: boolean
  /** Texts that are done, with a vector or refused. */
  readonly texts: number
  /** Texts that were refused. */
  readonly failed: number
  /** Texts of which the vector came from the cache. */
  readonly cached: number
  /** Requests that were answered with vectors. */
  readonly requests: number
  /** Tokens of the texts, as far as the container said; `undefined` when it never did. */
  readonly tokens: number | undefined
  /** How long the call took. */
  readonly timings: { readonly durationMs: number }
}

/**
 * A call has failed.
 *
 * @public
 */
export interface EmbeddingErrorEvent extends EmbeddingEndEvent {
  /** What the caller gets. */
  readonly error: unknown
}

/**
 * Sees the steps of every call. Events hold no text. What a callback throws is ignored.
 *
 * @public
 */
export interface EmbeddingCallbacks {
  /** A call begins. */
  readonly onStart?: ((event: EmbeddingEvent) => void) | undefined
  /** A request was answered with vectors. */
  readonly onRequest?: ((event: EmbeddingRequestEvent) => void) | undefined
  /** A request was refused and its texts are sent again in parts. */
  readonly onSplit?: ((event: EmbeddingSplitEvent) => void) | undefined
  /** The number of requests in flight was changed. */
  readonly onConcurrency?: ((event: EmbeddingConcurrencyEvent) => void) | undefined
  /** The cache failed. */
  readonly onCacheError?: ((event: EmbeddingCacheErrorEvent) => void) | undefined
  /** A call is over, without an error. */
  readonly onEnd?: ((event: EmbeddingEndEvent) => void) | undefined
  /** A call has failed. */
  readonly onError?: ((event: EmbeddingErrorEvent) => void) | undefined
}
