import { classifyContainerError } from './classify-failure.ts'
import type { ContainerError } from './container-error.ts'
import type { ErrorContext } from './error-context.ts'
import { failureMessage } from './failure-message.ts'
import { SagemakerError } from './sagemaker-error.ts'

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
  const { request, ...details } = context
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
