/**
 * What went wrong, as a stable word to branch on. Where several fit, the first in this list is used.
 *
 * - `aborted`: the caller's signal or `close()` ended the call.
 * - `timeout`: one of the time limits of the call, or the time limit of SageMaker or of the container.
 * - `context-length-exceeded`: the prompt and the answer asked for do not fit into the model's context.
 * - `eula-not-accepted`: the model wants `customAttributes: 'accept_eula=true'`.
 * - `credentials`: no credentials, or they have expired or are unknown to AWS.
 * - `access-denied`: the credentials are good, but may not invoke this endpoint (HTTP 401, 403).
 * - `endpoint-not-found`: there is no such endpoint, variant or inference component in this region and account.
 * - `model-not-ready`: the endpoint is starting, loads the model, or is scaled to zero.
 * - `throttled`: too many requests, for SageMaker or for the container.
 * - `payload-too-large`: the request is larger than SageMaker or the container accepts.
 * - `invalid-request`: the request is wrong, and would be wrong again.
 * - `service-unavailable`: SageMaker or the container is failing at the moment (HTTP 500, 502, 503, 504, 530).
 * - `model-error`: the container failed on this request.
 * - `stream-interrupted`: the answer had begun and the connection ended before the answer did.
 * - `stream-corrupt`: the bytes of the stream are not what was sent.
 * - `unexpected-response`: an answer whose format is not recognized.
 * - `connection`: no connection, or it was lost before any output; also a response of a proxy or portal in between.
 * - `missing-dependency`: an optional package is not installed (`packageName`).
 * - `invalid-configuration`: a configuration file or object is wrong (`path`).
 * - `invalid-row`: a row of the input of a job cannot be read (`line`).
 * - `duplicate-id`: two rows or items have the same id.
 * - `job-exists`: the store already holds a job.
 * - `job-changed`: input, codec or options are not those that the job was started with.
 * - `job-locked`: another process works on the job.
 */
export type SagemakerErrorCode =
  | 'aborted'
  | 'timeout'
  | 'context-length-exceeded'
  | 'eula-not-accepted'
  | 'credentials'
  | 'access-denied'
  | 'endpoint-not-found'
  | 'model-not-ready'
  | 'throttled'
  | 'payload-too-large'
  | 'invalid-request'
  | 'service-unavailable'
  | 'model-error'
  | 'stream-interrupted'
  | 'stream-corrupt'
  | 'unexpected-response'
  | 'connection'
  | 'missing-dependency'
  | 'invalid-configuration'
  | 'invalid-row'
  | 'duplicate-id'
  | 'job-exists'
  | 'job-changed'
  | 'job-locked'

/**
 * Codes of failures that pass: the same request may succeed when it is sent again. A `timeout` is none of them: the
 * attempt may still be computing.
 */
const passing: ReadonlySet<SagemakerErrorCode> = new Set([
  'model-not-ready',
  'throttled',
  'service-unavailable',
  'stream-interrupted',
  'connection',
])

/** Whether an error with this code is retryable unless more is known about it. */
export function isRetryableCode(code: SagemakerErrorCode): boolean {
  return passing.has(code)
}
