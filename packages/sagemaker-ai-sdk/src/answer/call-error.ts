import { APICallError } from '@ai-sdk/provider'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { RetrySettings } from '../contract/settings.ts'

/** Where a call went, for errors about it. */
export interface CallOrigin extends RetrySettings {
  readonly endpointName: string
  /** Operation of SageMaker Runtime, as in its URL. */
  readonly operation: 'invocations' | 'invocations-response-stream'
}

/**
 * A failure in the form that the AI SDK knows: an `APICallError` with the status of the container, or else of SageMaker, and the
 * `SagemakerError` as its cause. It holds no text of the prompt or of the answer, so it can be logged.
 *
 * An aborted call keeps its own error, by whose name the SDK knows it; so does what is no failure of a call.
 */
export function callError(thrown: unknown, { endpointName, operation, retries }: CallOrigin): unknown {
  if (!SagemakerError.is(thrown) || thrown.code === 'aborted') return thrown
  const { code, requestId, index, retryAfterMs, originalStatusCode, statusCode } = thrown
  // A status of 0 means that the container did not answer in time.
  const status = originalStatusCode || statusCode
  return new APICallError({
    message: thrown.message,
    url: `/endpoints/${endpointName}/${operation}`,
    requestBodyValues: {},
    ...(status === undefined ? {} : { statusCode: status }),
    responseHeaders: {
      ...(requestId === undefined ? {} : { 'x-amzn-requestid': requestId }),
      ...(retryAfterMs === undefined ? {} : { 'retry-after-ms': String(retryAfterMs) }),
    },
    // The endpoint client has retried by now what can be retried.
    isRetryable: retries === 'ai-sdk' && thrown.retryable,
    data: { code, endpointName, requestId, index },
    cause: thrown,
  })
}
