import type { CallWarning } from './call-warning.ts'

/**
 * Moments of a call, in milliseconds from its beginning. `undefined` where not measured.
 *
 * @public
 */
export interface ResponseTimings {
  /** To when it was its turn to be sent. */
  readonly queuedMs?: number | undefined
  /** To the response's headers. */
  readonly headersMs?: number | undefined
  /** To the first byte of the answer. */
  readonly firstByteMs?: number | undefined
  /** To the end of the answer. */
  readonly durationMs?: number | undefined
}

/**
 * Facts about the exchange with an endpoint.
 *
 * @public
 */
export interface ResponseMetadata {
  /** Id of the request at AWS. */
  readonly requestId?: string | undefined
  /** Status of the HTTP response. */
  readonly statusCode?: number | undefined
  /** Content type of the answer. */
  readonly contentType?: string | undefined
  /** Production variant that answered. */
  readonly invokedProductionVariant?: string | undefined
  /** What the container put into the custom attributes header. */
  readonly customAttributes?: string | undefined
  /** Id of the stateful session that the call opened. */
  readonly newSessionId?: string | undefined
  /** Requests that were sent for this call, retries included. */
  readonly attempts: number
  /** How long it took. */
  readonly timings: ResponseTimings
}

/**
 * Facts about the exchange with the endpoint behind a model's answer.
 *
 * @public
 */
export interface ModelResponseMetadata extends ResponseMetadata {
  /** What of the request was not passed on as it was made. Empty when all was. */
  readonly warnings: readonly CallWarning[]
}
