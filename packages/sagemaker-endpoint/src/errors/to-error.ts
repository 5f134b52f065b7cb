import type { PartialAnswer } from '@x/bedrock-like-types'
import { StreamDecodeError } from '@x/stream-core/decoders'
import { classifyContainerError, classifyFailure } from './classify-failure.ts'
import type { ContainerError } from './container-error.ts'
import {
  diagnoseException,
  failureIn,
  isServiceException,
  isTimeLimit,
  systemCodeOf,
  type Thrown,
} from './diagnose-exception.ts'
import { foreignCause } from './foreign-cause.ts'
import { failureMessage, placeOf } from './failure-message.ts'
import { type Attempt, SagemakerError, type SagemakerErrorDetails } from './sagemaker-error.ts'
import { containerPart, ReportedFailure, type ServiceFailure } from './service-failure.ts'

/** Where a failure occurred, for the error that tells of it. */
export interface ErrorContext extends Pick<SagemakerErrorDetails, 'id' | 'index'> {
  /** Name of the endpoint that was called. */
  readonly endpointName: string
  /** Body of the request. Its text is taken out of what is quoted in messages. */
  readonly request?: string | Uint8Array | undefined
  /** HTTP status of SageMaker's answer. */
  readonly statusCode?: number | undefined
  /** SageMaker's id of the request. */
  readonly requestId?: string | undefined
  /** Attempts that were made. */
  readonly attempts?: readonly Attempt[] | undefined
  /** The IAM action that the call needs. */
  readonly action?: string | undefined
  /** What had arrived of the answer. */
  readonly partial?: PartialAnswer | undefined
}

/** The error for whatever ends an exchange; a value that ends it without being an error of ours is kept as it is. */
export function errorFromAnything(reason: unknown, context: ErrorContext): SagemakerError {
  if (SagemakerError.is(reason)) return reason
  if (reason instanceof ReportedFailure) return errorFromFailure(reason.failure, context)
  if (StreamDecodeError.is(reason)) return damaged(reason, context)
  const isBrokenOff = context.partial !== undefined && !isTimeLimit(reason)
  return isBrokenOff ? brokenOff(reason, context) : errorFromException(reason, context)
}

/**
 * The error for anything that the SDK, a connection or a credential provider throws.
 * A copy of the thrown value becomes the `cause`, without what it may hold of the request.
 */
export function errorFromException(exception: unknown, context: ErrorContext): SagemakerError {
  if (SagemakerError.is(exception)) return exception
  const thrown: Thrown =
    typeof exception === 'object' && exception !== null ? exception : { message: String(exception) }
  if (isServiceException(thrown)) return errorFromFailure(failureIn(thrown), context)
  const { code, words = thrown.message, retryable } = diagnoseException(thrown)
  const { request, action: _, ...details } = context
  const message = failureMessage(code, { endpointName: context.endpointName, words, request, isUnsent: true })
  return new SagemakerError(code, message, { ...details, cause: foreignCause(exception, request), retryable })
}

/** The error for a failure that SageMaker reported. */
export function errorFromFailure(failure: ServiceFailure, context: ErrorContext): SagemakerError {
  const { request, action, ...details } = context
  const container = containerPart(failure)
  const code = classifyFailure(failure, container)
  const statusCode = failure.statusCode ?? context.statusCode
  const originalStatusCode = failure.originalStatusCode ?? container?.status
  const message = failureMessage(code, {
    endpointName: context.endpointName,
    statusCode,
    originalStatusCode,
    words: container?.error.message ?? (failure.snippet === undefined ? failure.message : ''),
    request,
    ...(code === 'connection' && foreignText(failure)),
  })
  return new SagemakerError(code, message, {
    ...details,
    statusCode,
    originalStatusCode,
    requestId: failure.requestId ?? context.requestId,
    action: code === 'access-denied' ? (deniedAction.exec(failure.message)?.[1] ?? action) : undefined,
    logStreamArn: failure.logStreamArn,
    retryAfterMs: failure.retryAfterMs,
    // Clock skew: the SDK learns the server's clock from this very answer, and the next signature is right.
    retryable:
      code === 'connection'
        ? failure.statusCode === 408 || failure.statusCode === 421
        : isClockSkew(failure) || undefined,
    originalMessage: container?.text ?? (failure.message === '' ? undefined : failure.message),
    snippet: failure.snippet,
  })
}

/** What to say of a response that does not come from SageMaker. */
function foreignText({ statusCode = 0 }: ServiceFailure): { readonly problem: string; readonly advice: string } {
  if (statusCode === 407) {
    return { problem: 'the proxy requires authentication', advice: 'Check the proxy and its user name and password.' }
  }
  return {
    problem:
      statusCode >= 300 && statusCode < 400
        ? 'the response is a redirect, which is not followed'
        : 'the response does not come from SageMaker',
    advice: 'Check endpoint and region, and look for a proxy or a login page in between.',
  }
}

/** `User: ... is not authorized to perform: sagemaker:InvokeEndpoint on resource: ...` */
const deniedAction = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/

function isClockSkew({ name, message }: ServiceFailure): boolean {
  return /RequestTimeTooSkewed|RequestExpired/.test(name) || /signature (?:expired|not yet current)/i.test(message)
}

/**
 * The error for one that a container reported within an answer which had begun well: a line or event of a stream, or
 * the body of a 200. Its `code` is that of the same error reported by HTTP status, so that callers need not know where
 * a container puts its errors.
 *
 * @example
 * ```ts
 * const reported = parseContainerError(value)
 * if (reported) throw errorFromContainer(reported, { endpointName, request: body, partial: { text, bytesReceived } })
 * ```
 */
export function errorFromContainer(error: ContainerError, context: ErrorContext): SagemakerError {
  const { request, action: _, ...details } = context
  const code = classifyContainerError(error)
  const originalStatusCode = error.status
  const message = failureMessage(code, {
    endpointName: context.endpointName,
    originalStatusCode,
    words: error.message,
    request,
  })
  return new SagemakerError(code, message, { ...details, originalStatusCode, originalMessage: error.message })
}

const maxSnippetLength = 500

/** The connection was lost after output had begun. */
export function brokenOff(cause: unknown, context: ErrorContext): SagemakerError {
  const { request, action: _, ...details } = context
  const systemCode = systemCodeOf(cause)
  const what = `the connection was lost after ${received(context)} of the answer`
  const where = placeOf(context.endpointName, systemCode ?? '')
  const text = `${what}${where}. Send the request again if the part is not enough.`
  return new SagemakerError('stream-interrupted', text, { ...details, cause: foreignCause(cause, request) })
}

/** The frames of an answer are damaged, or end too early. */
export function damaged(error: StreamDecodeError, context: ErrorContext): SagemakerError {
  const { request: _, action: __, ...details } = context
  const snippet = new TextDecoder().decode(error.rest.subarray(0, maxSnippetLength))
  const where = placeOf(context.endpointName, `after ${received(context)}`)
  return error.code === 'truncated-frame'
    ? new SagemakerError('stream-interrupted', `the answer ended within a frame${where}.`, {
        ...details,
        cause: error,
      })
    : new SagemakerError('stream-corrupt', `${error.message}${where}. Look for a proxy that alters the answer.`, {
        ...details,
        cause: error,
        snippet,
      })
}

function received(context: ErrorContext): string {
  const bytes = context.partial?.bytesReceived ?? 0
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}
