import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
import { oneLine } from '@x/sagemaker-endpoint/model-kit'

/** What was asked of a service, for the error that tells of its failure. */
export interface ServiceCall {
  /** IAM action, such as `s3:GetObject`. */
  readonly action: string
  /** Bucket and key, or queue. */
  readonly target: string
}

interface Thrown {
  readonly name?: string
  readonly message?: string
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** HTTP status of an exception of the SDK. */
export function statusOf(thrown: unknown): number | undefined {
  return (thrown as Thrown | undefined)?.$metadata?.httpStatusCode
}

/** Converts an exception of the SDK to a `SagemakerError` that names the IAM action. */
export function serviceError(thrown: unknown, { action, target }: ServiceCall, signal?: AbortSignal): SagemakerError {
  if (SagemakerError.is(thrown)) return thrown
  if (signal?.aborted === true) return new SagemakerError('aborted', `${action} was aborted.`, { cause: signal.reason })
  const exception: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
  const code = codeOf(exception)
  const { httpStatusCode: statusCode, requestId } = exception.$metadata ?? {}
  const words = oneLine(exception.message ?? '')
  const quoted = words === '' ? '' : `: "${words}"`
  return new SagemakerError(code, `${action} on ${target} failed${quoted}.${advice[code]?.(action) ?? ''}`, {
    statusCode,
    requestId,
    cause: thrown,
    action: code === 'access-denied' ? action : undefined,
  })
}

const unknownCredentials =
  /^(?:Expired|IncompleteSignature|InvalidAccessKeyId|InvalidClientTokenId|InvalidSignature|MissingAuthenticationToken|RequestExpired|SignatureDoesNotMatch|UnrecognizedClient)|Credentials|TokenProviderError/

function codeOf({ name = '', message = '', $metadata }: Thrown): SagemakerErrorCode {
  const statusCode = $metadata?.httpStatusCode
  if (unknownCredentials.test(name) || /resolved credential/i.test(message)) return 'credentials'
  if (/^AccessDenied|NotAuthorized/.test(name) || statusCode === 401 || statusCode === 403) return 'access-denied'
  if (/Throttl|TooManyRequests|SlowDown|RequestLimitExceeded/.test(name) || statusCode === 429) return 'throttled'
  if (statusCode !== undefined && statusCode >= 500) return 'service-unavailable'
  if (statusCode !== undefined && statusCode >= 400) return 'invalid-request'
  return /region is missing/i.test(message) ? 'invalid-request' : 'connection'
}

const advice: Partial<Readonly<Record<SagemakerErrorCode, (action: string) => string>>> = {
  credentials: () => ' Check credentials, profile and the clock of this machine.',
  'access-denied': (action) =>
    action === 's3:GetObject'
      ? ' The caller needs s3:GetObject, and s3:ListBucket: without it S3 denies access to objects that do not exist.'
      : ` The caller needs ${action}.`,
  'invalid-request': () => ' Check bucket, queue and region.',
}
