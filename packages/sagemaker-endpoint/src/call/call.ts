import type { ErrorContext } from '../errors/to-error.ts'
import type { CallOptions } from '../options/call-options.ts'
import type { RetryOptions, SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import type { InvokeAsyncInput } from '../options/invoke-async-input.ts'
import {
  type ResolvedTimeLimits,
  type RetryLimits,
  resolveRetryLimits,
  resolveTimeLimits,
  timeLimitError,
} from '../options/limits.ts'
import { type Deadline, deadlineAfter } from '../signals.ts'
import { checkRequest } from '../wire/check-request.ts'
import { type Operation, type RuntimeRequest, runtimeRequest } from '../wire/runtime-request.ts'
import { CallReport } from './call-report.ts'

/** A call as its caller states it. */
export interface CallInput {
  readonly body: Uint8Array | string
  /** Only for asynchronous calls. */
  readonly asyncInput?: InvokeAsyncInput | undefined
  readonly options: CallOptions
  /** Ends the call; the caller gets a `SagemakerError` that is its reason. */
  readonly signal: AbortSignal
  /** When the caller made the call, by `performance.now()`. */
  readonly startedAt: number
}

/** Everything that stays the same during one call. */
export interface Call {
  readonly request: RuntimeRequest
  readonly limits: ResolvedTimeLimits
  readonly retry: RetryLimits
  readonly deadline: Deadline
  readonly report: CallReport
  /** Whether the request may be sent more than once. A second request for a session would start a second session. */
  readonly isRepeatable: boolean
  /** Most bytes of a whole response; `Infinity` for a stream. */
  readonly maxResponseBytes: number
  readonly options: CallOptions
  /** The `retry` of the endpoint. */
  readonly endpointRetry: RetryOptions | undefined
  /** Owner of the hooks in `options`: the same for all calls, so that a hook of many calls is reported once. */
  readonly callHooks: object
}

/** What all calls of an endpoint share. */
export interface SharedByCalls {
  readonly limits: ResolvedTimeLimits
  readonly retry: RetryLimits
  readonly callHooks: object
}

/** @throws {SagemakerError} with code `invalid-request` for limits that are out of range. */
export function sharedByCalls({ timeouts, retry }: SagemakerEndpointOptions): SharedByCalls {
  return { limits: resolveTimeLimits(timeouts), retry: resolveRetryLimits(retry), callHooks: {} }
}

/** What a call names that starts a session. */
const newSessionId = 'NEW_SESSION'

/** SageMaker's own limit for a response is 25 MB (128 MiB leaves room for local runtimes and proxies). */
const defaultMaxResponseBytes = 128 * 1024 * 1024

/** @throws {SagemakerError} with code `invalid-request` or `payload-too-large` for a call that cannot be sent. */
export function createCall(
  endpoint: SagemakerEndpointOptions,
  operation: Operation,
  input: CallInput,
  { callHooks, ...shared }: SharedByCalls,
): Call {
  const { body, asyncInput, options, signal, startedAt } = input
  const { endpointName, timeouts, retry, observers = [] } = endpoint
  const request = runtimeRequest(operation, { body, asyncInput }, endpoint, options)
  checkRequest(request)
  const retryLimits = options.retry === undefined ? shared.retry : resolveRetryLimits(retry, options.retry)
  const limits = options.timeouts === undefined ? shared.limits : resolveTimeLimits(timeouts, options.timeouts)
  return {
    request,
    limits,
    retry: retryLimits,
    isRepeatable: retryLimits.maxAttempts > 1 && request.routing.sessionId !== newSessionId,
    deadline: deadlineAfter(signal, limits.totalMs, () => timeLimitError('totalMs', limits.totalMs, endpointName)),
    report: new CallReport(observers, endpointName, operation, startedAt),
    maxResponseBytes:
      operation === 'invokeStream'
        ? Number.POSITIVE_INFINITY
        : (options.maxResponseBytes ?? endpoint.maxResponseBytes ?? defaultMaxResponseBytes),
    options,
    endpointRetry: retry,
    callHooks,
  }
}

/** What the errors of a call say about it. */
export function errorContext(call: Call): ErrorContext {
  const { endpointName, body, operation } = call.request
  const action = operation === 'invokeAsync' ? 'sagemaker:InvokeEndpointAsync' : 'sagemaker:InvokeEndpoint'
  return { endpointName, request: body, action }
}
