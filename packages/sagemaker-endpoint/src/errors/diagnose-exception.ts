import type { SagemakerErrorCode } from './sagemaker-error-code.ts'
import type { ServiceFailure } from './service-failure.ts'

/** What is known of any thrown value. */
export interface Thrown {
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

/** What an exception means. */
export interface Diagnosis {
  readonly code: SagemakerErrorCode
  /**
   * What the error says.
   *
   * @defaultValue the exception's own message
   */
  readonly words?: string
  readonly retryable?: boolean
}

/** What an exception means that is not one of a service. */
export function diagnoseException(thrown: Thrown): Diagnosis {
  const { name = '', message = '' } = thrown
  // The SDK's request handler: no connection was made and nothing sent, so that sending again is safe.
  if (/did not establish a connection/.test(message)) {
    return { code: 'timeout', words: 'no connection within timeouts.connectMs', retryable: true }
  }
  if (isTimeLimit(thrown)) return { code: 'timeout' }
  const systemCode = systemCodeOf(thrown)
  if (systemCode !== undefined) return diagnoseSystemCode(systemCode, message)
  if (/Credentials|TokenProviderError/.test(name) || /resolved credential/i.test(message))
    return { code: 'credentials' }
  if (/region is missing/i.test(message)) {
    return { code: 'invalid-request', words: 'Region is missing: set region or AWS_REGION' }
  }
  const isMisuse = name === 'TypeError' || name === 'RangeError'
  return { code: isMisuse && !isNetworkTypeError(message) ? 'invalid-request' : 'connection' }
}

function diagnoseSystemCode(systemCode: string, message: string): Diagnosis {
  const words = `${systemCode}: ${message}`
  if (systemCode === 'Z_DATA_ERROR') return { code: 'stream-corrupt', words }
  if (certificateErrors.test(systemCode)) return { code: 'connection', words, retryable: false }
  // Node's own checks of what it is called with.
  return { code: /^ERR_(?:INVALID|OUT_OF_RANGE|UNESCAPED)/.test(systemCode) ? 'invalid-request' : 'connection', words }
}

const certificateErrors = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH)/

/**
 * Whether a time limit of the client has ended the request: `requestTimeout` or `socketTimeout` of one that was passed
 * in.
 */
export function isTimeLimit(thrown: unknown): boolean {
  const { name, message = '' } = (thrown ?? {}) as Thrown
  return name === 'TimeoutError' && /timed out after|exceeded the configured/.test(message)
}

export function isServiceException(thrown: Thrown): boolean {
  return thrown.$fault !== undefined || thrown.$metadata?.httpStatusCode !== undefined || 'ErrorCode' in thrown
}

export function failureIn(thrown: Thrown): ServiceFailure {
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
function isNetworkTypeError(message: string): boolean {
  return /fetch failed|network|terminated|socket/i.test(message)
}
