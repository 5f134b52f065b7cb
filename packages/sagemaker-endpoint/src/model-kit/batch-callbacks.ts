import type { SagemakerError } from '../errors/sagemaker-error.ts'

/**
 * Members of every event of a model that processes many items per call.
 *
 * @public
 */
export interface BatchCallEvent {
  /** Unique per call; every event of the call carries it. */
  readonly callId: string
  /** Name of the endpoint. */
  readonly endpointName: string
  /** Name of the model, if one was given. */
  readonly modelName: string | undefined
}

/**
 * A request that was answered.
 *
 * @public
 */
export interface BatchRequestDetails {
  /** Items in the request: texts, documents. */
  readonly items: number
  /** Bytes of its body. */
  readonly bytes: number
  /** How many times it was sent. */
  readonly attempts: number
  /** Request ID of SageMaker. */
  readonly requestId: string | undefined
  /** Tokens of the items, if the container reports them. */
  readonly tokens: number | undefined
  /** Time from sending the request to having read its answer, in milliseconds. */
  readonly durationMs: number
}

/**
 * A request that was refused and is sent again in parts: it was too large, or one of its items is at fault.
 *
 * @public
 */
export interface BatchSplitDetails {
  /** Items in the request that was refused. */
  readonly items: number
  /** Requests that replace it. */
  readonly parts: number
  /** Why it was refused. */
  readonly error: SagemakerError
  /** Largest number of items per request from now on; `Infinity` if no limit is known. */
  readonly maxItems: number
  /** Largest number of bytes per request from now on; `Infinity` if no limit is known. */
  readonly maxBytes: number
}

/**
 * A change of the limit of concurrent requests: lowered because the endpoint throttled, or raised because it no longer does.
 *
 * @public
 */
export interface BatchConcurrencyDetails {
  /** Largest number of concurrent requests from now on. */
  readonly concurrency: number
  /** Reason of the change. */
  readonly reason: 'throttled' | 'recovered'
}

/**
 * A failure of the cache; the call continues without it.
 *
 * @public
 */
export interface BatchCacheErrorDetails {
  /** What the cache threw. */
  readonly error: unknown
}

/**
 * The totals of a call.
 *
 * @public
 */
export interface BatchEndDetails {
  /** Whether the caller gave the call up: left its stream, aborted its signal or closed the model. */
  readonly aborted: boolean
  /** Items that are done, failed ones included. */
  readonly items: number
  /** Items that failed. */
  readonly failed: number
  /** Items whose result came from the cache. */
  readonly cached: number
  /** Requests that were answered. */
  readonly requests: number
  /** Tokens of the items; `undefined` if the container reported none. */
  readonly tokens: number | undefined
  /** Duration of the call, in milliseconds. */
  readonly timings: { readonly durationMs: number }
}

/**
 * Called during every call: `onStart`, any number of the others, then either `onEnd` or `onError`, once. Events never contain the
 * items themselves.
 *
 * Callbacks can be asynchronous; they are not awaited. A callback that throws or rejects never affects the call: its first failure
 * emits a process warning named `SagemakerHookWarning`.
 *
 * @typeParam Event - members of every event.
 *
 * @public
 */
export interface BatchCallbacks<Event extends BatchCallEvent = BatchCallEvent> {
  /** A call starts. */
  readonly onStart?: ((event: Event) => unknown) | undefined
  /** A request was answered. */
  readonly onRequest?: ((event: Event & BatchRequestDetails) => unknown) | undefined
  /** A request was refused and is sent again in parts. */
  readonly onSplit?: ((event: Event & BatchSplitDetails) => unknown) | undefined
  /** The limit of concurrent requests changed. */
  readonly onConcurrency?: ((event: Event & BatchConcurrencyDetails) => unknown) | undefined
  /** The cache failed. */
  readonly onCacheError?: ((event: Event & BatchCacheErrorDetails) => unknown) | undefined
  /** A call succeeded, or its caller gave it up (`aborted`). */
  readonly onEnd?: ((event: Event & BatchEndDetails) => unknown) | undefined
  /** A call failed. */
  readonly onError?: ((event: Event & BatchEndDetails & { readonly error: unknown }) => unknown) | undefined
}
