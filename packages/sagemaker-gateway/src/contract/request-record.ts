import type { SagemakerErrorCode } from '@x/sagemaker-endpoint'

/** A model that failed before there was something of its answer, so that another one was asked. */
export interface FailedModel {
  /** Its name in the configuration. */
  readonly model: string
  /** Code of its error. */
  readonly errorCode: SagemakerErrorCode
}

/** What is known about a request that is complete. Contains no text of prompts or answers, and no key. */
export interface RequestRecord {
  /** Id of the request, which the client got as `x-request-id`. */
  readonly requestId: string
  /** HTTP method. */
  readonly method: string
  /** Path without query string. */
  readonly path: string
  /** Name of the key that the client authenticated with; `undefined` without one. */
  readonly keyName?: string | undefined
  /** The model that was asked, by the name in the configuration; with `fallback` the last one that was. */
  readonly model?: string | undefined
  /** The models that failed before it, in the order in which they were asked. */
  readonly fallbacks: readonly FailedModel[]
  /** HTTP status; 499 if the client left before there was one. */
  readonly status: number
  /** Whether the answer was a stream. */
  readonly stream: boolean
  /** How it ended: completely, with an error, or because the client left. */
  readonly outcome: 'finished' | 'failed' | 'aborted'
  /** Code of the error, of the endpoint or of the gateway. */
  readonly errorCode?: SagemakerErrorCode | GatewayErrorCode | undefined
  /** From the arrival of the request to the end of the answer, in milliseconds. */
  readonly durationMs: number
  /** From the arrival of the request to the first token of the answer, in milliseconds. */
  readonly firstTokenMs?: number | undefined
  /** Tokens of the prompt, as the container reported them. */
  readonly inputTokens?: number | undefined
  /** Tokens of the answer, as the container reported them. */
  readonly outputTokens?: number | undefined
  /** SageMaker's id of the request. */
  readonly sagemakerRequestId?: string | undefined
  /** Requests that were sent to the endpoint, retries included. */
  readonly attempts?: number | undefined
}

/**
 * Failures of the gateway itself.
 *
 * - `invalid-api-key`: no key, or one that is not known.
 * - `forbidden`: a page of an origin that is not allowed, or a wrong `Host`.
 * - `unknown-model`: no model has this name.
 * - `wrong-kind`: the model cannot do what the path is for.
 * - `unknown-path`, `wrong-method`: there is nothing at this path, or it takes another method.
 * - `unknown-response`: no stream with this id, or with this event, is kept.
 * - `not-supported`: no SageMaker endpoint can do what the path is for.
 * - `too-many-requests`: a limit of the gateway is reached.
 * - `closing`: the gateway shuts down.
 * - `internal`: a defect of the gateway.
 */
export type GatewayErrorCode =
  | 'invalid-api-key'
  | 'forbidden'
  | 'unknown-model'
  | 'wrong-kind'
  | 'unknown-path'
  | 'wrong-method'
  | 'unknown-response'
  | 'not-supported'
  | 'too-many-requests'
  | 'closing'
  | 'internal'
