import type { SagemakerError } from '../errors/sagemaker-error.ts'

/**
 * What every event of a call has, of a model that takes many items.
 *
 * @public
 */
export interface BatchCallEvent {
  /** The same in all events of one call, and in no other. */
  readonly callId: string
  /** Endpoint that is called. */
  readonly endpointName: string
  /** Name of the model, if one was given. */
  readonly modelName: string | undefined
}

/**
 * A request was answered.
 *
 * @public
 */
export interface BatchRequestDetails {
  /** Items in the request: texts, documents. */
  readonly items: number
  /** Bytes of its body. */
  readonly bytes: number
  /** How often it was sent. */
  readonly attempts: number
  /** SageMaker's id of the request. */
  readonly requestId: string | undefined
  /** Tokens of the items, where the container says. */
  readonly tokens: number | undefined
  /** From when it was its turn to when the answer was read, in milliseconds. */
  readonly durationMs: number
}

/**
 * A request was refused and its items are sent again in parts: it was too large, or one of its items is at fault.
 *
 * @public
 */
export interface BatchSplitDetails {
  /** Items in the request that was refused. */
  readonly items: number
  /** Requests that take its place. */
  readonly parts: number
  /** Why it was refused. */
  readonly error: SagemakerError
  /** Most items in a request from now on; `Infinity` when no limit is known. */
  readonly maxItems: number
  /** Most bytes in a request from now on; `Infinity` when no limit is known. */
  readonly maxBytes: number
}

/**
 * The number of requests in flight was changed: lowered because the endpoint throttled, or raised because it no longer does.
 *
 * @public
 */
export interface BatchConcurrencyDetails {
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
export interface BatchCacheErrorDetails {
  /** What the cache threw. */
  readonly error: unknown
}

/**
 * A call is over.
 *
 * @public
 */
export interface BatchEndDetails {
  /** Whether the consumer left before the end. */
  readonly aborted: boolean
  /** Items that are done, with a result or refused. */
  readonly items: number
  /** Items that were refused. */
  readonly failed: number
  /** Items of which the result came from the cache. */
  readonly cached: number
  /** Requests that were answered. */
  readonly requests: number
  /** Tokens of the items, as far as the container said; `undefined` when it never did. */
  readonly tokens: number | undefined
  /** How long the call took. */
  readonly timings: { readonly durationMs: number }
}

/**
 * Sees the steps of every call of a model that takes many items: `onStart`, then any number of the others, then either `onEnd`
 * or `onError`, once. Events hold nothing of what the items are.
 *
 * Callbacks can be asynchronous and are not waited for. What one throws or rejects with changes nothing; its first failure is a
 * process warning of type `SagemakerHookWarning`.
 *
 * @typeParam Event - what every event of a call has.
 *
 * @public
 */
export interface BatchCallbacks<Event extends BatchCallEvent = BatchCallEvent> {
  /** A call starts. */
  readonly onStart?: ((event: Event) => unknown) | undefined
  /** A request was answered. */
  readonly onRequest?: ((event: Event & BatchRequestDetails) => unknown) | undefined
  /** A request was refused and its items are sent again in parts. */
  readonly onSplit?: ((event: Event & BatchSplitDetails) => unknown) | undefined
  /** The number of requests in flight was changed. */
  readonly onConcurrency?: ((event: Event & BatchConcurrencyDetails) => unknown) | undefined
  /** The cache failed. */
  readonly onCacheError?: ((event: Event & BatchCacheErrorDetails) => unknown) | undefined
  /** A call is over, without an error. */
  readonly onEnd?: ((event: Event & BatchEndDetails) => unknown) | undefined
  /** A call has failed. */
  readonly onError?: ((event: Event & BatchEndDetails & { readonly error: unknown }) => unknown) | undefined
}
