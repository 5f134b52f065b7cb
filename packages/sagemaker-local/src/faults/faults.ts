/** Names of the refusals. */
export const refusalNames = [
  'throttling',
  'too-many-requests',
  'model-not-ready',
  'no-capacity',
  'service-unavailable',
  'internal-failure',
  'dependency-failure',
  'access-denied',
  'expired-token',
  'model-error',
  'model-overloaded',
  'model-timeout',
  'html-502',
  'empty-503',
  'silence',
  'reset',
] as const

/** Names of the endings. */
export const endingNames = [
  'stall',
  'reset',
  'disconnect',
  'truncated-frame',
  'disconnect-in-frame',
  'early-end',
  'message-checksum',
  'prelude-checksum',
  'oversized-length',
  'zero-length',
  'no-message-type',
  'model-stream-error',
  'model-timeout',
  'internal-stream-failure',
  'unknown-exception',
  'error-frame',
  'unknown-event',
  'in-band-error',
  'html',
] as const

/** Names of the faults of asynchronous calls. */
export const asyncFaultNames = ['lost', 'expired', 'notified-twice'] as const

/** Names of the ways to cut an answer into parts of different lengths. */
export const cutNames = ['random', 'inside-characters', 'joined'] as const

/**
 * A refusal: an error instead of an answer.
 *
 * - `throttling`: `ThrottlingException`, 400; `too-many-requests`: 429
 * - `model-not-ready`: `ModelNotReadyException`, 429; `no-capacity`: 400, an inference component that is scaled to zero
 * - `service-unavailable` 503, `internal-failure` 500, `dependency-failure` 530, `access-denied` and `expired-token` 403
 * - `model-error`: `ModelError` with original status 500; `model-overloaded`: with 503; `model-timeout`: with 0
 * - `html-502`: a proxy's page; `empty-503`: no body
 * - `silence`: not a single header; `reset`: the connection is reset
 */
export type RefusalName = (typeof refusalNames)[number]

/**
 * The end of an answer, after {@link Faults.afterParts} parts.
 *
 * - `stall`: nothing more, the socket stays open; `reset`, `disconnect`: TCP reset, FIN
 * - `truncated-frame`, `disconnect-in-frame`: half a frame, then a clean end of the body, or FIN
 * - `early-end`: a clean end, without the container's own end marker
 * - `message-checksum`, `prelude-checksum`, `oversized-length`, `zero-length`, `no-message-type`: a damaged frame
 * - `model-stream-error`, `model-timeout`: exception frame `ModelStreamError` with `StreamBroken`, `ModelInvocationTimeExceeded`
 * - `internal-stream-failure`, `unknown-exception`: other exception frames; `error-frame`: `:message-type` `error`
 * - `unknown-event`: an event of an unknown type, after which the answer goes on
 * - `in-band-error`: the container's own error in the body, then a clean end; `html`: a page without a frame around it
 */
export type EndingName = (typeof endingNames)[number]

/**
 * A fault of an asynchronous call after it was accepted.
 *
 * - `lost`: nothing is written or published, ever
 * - `expired`: it fails because it waited longer than `RequestTTLSeconds`; the model is not asked
 * - `notified-twice`: the notification is published twice, as SNS may deliver it
 */
export type AsyncFaultName = (typeof asyncFaultNames)[number]

/** Bytes per part (the last one may be shorter), or `random` sizes, `inside-characters` (every character of several bytes is cut), `joined` (all in one part). */
export type PartCut = number | (typeof cutNames)[number]

/** Faults to inject into requests. All members can be combined. */
export interface Faults {
  /**
   * Share of the requests that are affected, 0 to 1.
   * @defaultValue 1
   */
  readonly probability?: number | undefined
  /**
   * Seed of all random choices: requests, sizes, jitter.
   * @defaultValue 1
   */
  readonly seed?: number | undefined
  /**
   * Number of requests that are affected, counted from the first one of the endpoint.
   * @defaultValue all
   */
  readonly firstRequests?: number | undefined
  /**
   * Time after the start of the runtime during which requests are affected, in milliseconds.
   * @defaultValue no limit
   */
  readonly firstMs?: number | undefined
  /** Refuses the request. */
  readonly refusal?: RefusalName | undefined
  /** `Retry-After` of the refusal, in seconds. */
  readonly retryAfterSeconds?: number | undefined
  /** Silence before the response headers, in milliseconds. */
  readonly headersDelayMs?: number | undefined
  /**
   * Cuts the bytes of the answer into other parts.
   * @defaultValue the parts of the model
   */
  readonly parts?: PartCut | undefined
  /** Time before each part, in milliseconds. */
  readonly delayMs?: number | undefined
  /** Random time on top of `delayMs`, at most this many milliseconds. */
  readonly jitterMs?: number | undefined
  /** Ends the answer early or otherwise improperly. */
  readonly ending?: EndingName | undefined
  /**
   * Number of parts before `ending`. With 0, `stall` sends headers only.
   * @defaultValue 2
   */
  readonly afterParts?: number | undefined
  /** Fault of asynchronous calls; other calls are not affected. */
  readonly async?: AsyncFaultName | undefined
}
