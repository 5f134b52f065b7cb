import { classifyFailure } from './classify-failure.ts'
import type { ErrorContext } from './error-context.ts'
import { failureMessage } from './failure-message.ts'
import { SagemakerError } from './sagemaker-error.ts'
import { containerPart, type ServiceFailure } from './service-failure.ts'

/** The error for a failure that SageMaker reported. */
export function errorFromFailure(failure: ServiceFailure, context: ErrorContext): SagemakerError {
  const { request, ...details } = context
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
  })
  return new SagemakerError(code, message, {
    ...details,
    statusCode,
    originalStatusCode,
    requestId: failure.requestId ?? context.requestId,
    logStreamArn: failure.logStreamArn,
    retryAfterMs: failure.retryAfterMs,
    // Clock skew: the SDK learns the server's clock from this very answer, and the next signature is right.
    retryable: isClockSkew(failure) ? true : undefined,
    originalMessage: container?.text ?? (failure.message === '' ? undefined : failure.message),
    snippet: failure.snippet,
  })
}

function isClockSkew({ name, message }: ServiceFailure): boolean {
  return /RequestTimeTooSkewed|RequestExpired/.test(name) || /signature (?:expired|not yet current)/i.test(message)
}
