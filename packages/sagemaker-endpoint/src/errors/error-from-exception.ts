import type { ErrorContext } from './error-context.ts'
import { errorFromFailure } from './error-from-failure.ts'
import { failureMessage } from './failure-message.ts'
import { SagemakerError } from './sagemaker-error.ts'
import type { ServiceFailure } from './service-failure.ts'

interface Thrown {
  readonly name?: string
  readonly message?: string
  readonly Message?: string
  readonly code?: unknown
  readonly cause?: unknown
  readonly errors?: readonly unknown[]
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly $fault?: string
  readonly OriginalStatusCode?: number
  readonly OriginalMessage?: string
  readonly LogStreamArn?: string
  readonly ErrorCode?: string
}

const certificateErrors = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH)/

/**
 * The error for anything that the SDK, a connection or a credential provider throws.
 * The thrown value becomes the `cause` only where it cannot hold words of the container, which echo prompts.
 */
export function errorFromException(exception: unknown, context: ErrorContext): SagemakerError {
  if (SagemakerError.is(exception)) return exception
  const thrown: Thrown =
    typeof exception === 'object' && exception !== null ? exception : { message: String(exception) }
  if (isServiceException(thrown)) return errorFromFailure(failureOf(thrown), context)

  const { request: _, ...details } = context
  const { endpointName } = context
  const message = thrown.message ?? ''
  const failed = (code: SagemakerError['code'], words: string, retryable?: boolean): SagemakerError =>
    new SagemakerError(code, failureMessage(code, { endpointName, words }), { ...details, cause: exception, retryable })

  const systemCode = systemCodeOf(thrown)
  if (systemCode !== undefined) {
    return failed('connection', `${systemCode}: ${message}`, certificateErrors.test(systemCode) ? false : undefined)
  }
  if (/Credentials|TokenProviderError/.test(thrown.name ?? '') || /resolved credential/i.test(message)) {
    return failed('credentials', message)
  }
  if (/did not establish a connection/.test(message)) return connectTimeout(endpointName, details, exception)
  if (thrown.name === 'TimeoutError') return failed('timeout', message)
  if (/region is missing/i.test(message))
    return failed('invalid-request', 'Region is missing: set region or AWS_REGION')
  if (/^(?:AbortError|TypeError|RangeError)$/.test(thrown.name ?? '') && !isNetworkTypeError(thrown)) {
    return failed(thrown.name === 'AbortError' ? 'connection' : 'invalid-request', message)
  }
  return failed('connection', message)
}

/** The connection was not made in time; nothing was sent, so that sending again is safe. */
function connectTimeout(endpointName: string, details: object, cause: unknown): SagemakerError {
  const text = `no connection within timeouts.connectMs (endpoint ${endpointName}). Check network, proxy and region.`
  return new SagemakerError('timeout', text, { ...details, endpointName, cause, retryable: true })
}

function isServiceException(thrown: Thrown): boolean {
  return thrown.$fault !== undefined || thrown.$metadata?.httpStatusCode !== undefined || 'ErrorCode' in thrown
}

function failureOf(thrown: Thrown): ServiceFailure {
  return {
    name: thrown.name ?? '',
    // A body that is not JSON surfaces as a SyntaxError whose message quotes it.
    message: thrown.name === 'SyntaxError' ? '' : (thrown.message ?? thrown.Message ?? ''),
    statusCode: thrown.$metadata?.httpStatusCode,
    requestId: thrown.$metadata?.requestId,
    originalStatusCode: thrown.OriginalStatusCode,
    originalMessage: thrown.OriginalMessage,
    logStreamArn: thrown.LogStreamArn,
    streamErrorCode: thrown.ErrorCode,
  }
}

/** `ECONNRESET` and the like, also where `fetch` and happy-eyeballs wrap it up. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const { code, cause, errors } = thrown as Thrown
  if (typeof code === 'string' && /^[A-Z][A-Z\d_]+$/.test(code)) return code
  return systemCodeOf(cause) ?? systemCodeOf(errors?.[0])
}

/** `fetch` reports a failed connection as a TypeError. */
function isNetworkTypeError({ message = '' }: Thrown): boolean {
  return /fetch failed|network|terminated|socket/i.test(message)
}
