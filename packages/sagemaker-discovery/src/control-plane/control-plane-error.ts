import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
import { oneLine } from '@x/sagemaker-endpoint/model-kit'

/** Control plane operations that this package calls. The IAM action is `sagemaker:` followed by the name. */
export type Operation =
  | 'ListEndpoints'
  | 'DescribeEndpoint'
  | 'DescribeEndpointConfig'
  | 'DescribeModel'
  | 'ListInferenceComponents'
  | 'DescribeInferenceComponent'
  | 'ListTags'

interface Thrown {
  readonly name?: string
  readonly message?: string
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** Returns the IAM action that an operation requires. */
export function actionOf(operation: Operation): string {
  return `sagemaker:${operation}`
}

/** Converts an exception of the SDK to a `SagemakerError`. */
export function controlPlaneError(
  thrown: unknown,
  operation: Operation,
  endpointName: string,
  signal: AbortSignal | undefined,
): SagemakerError {
  if (SagemakerError.is(thrown)) return thrown
  if (signal?.aborted === true) {
    return new SagemakerError('aborted', `${operation} was aborted.`, { endpointName, cause: signal.reason })
  }
  const exception: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
  const code = codeOf(exception)
  const { httpStatusCode: statusCode, requestId } = exception.$metadata ?? {}
  return new SagemakerError(code, messageOf(code, exception, operation), {
    endpointName,
    statusCode,
    requestId,
    cause: thrown,
    action: code === 'access-denied' ? actionOf(operation) : undefined,
  })
}

const unknownCredentials =
  /^(?:Expired|IncompleteSignature|InvalidClientTokenId|InvalidSignature|MissingAuthenticationToken|RequestExpired|SignatureDoesNotMatch|UnrecognizedClient)|Credentials|TokenProviderError/

function codeOf({ name = '', message = '', $metadata }: Thrown): SagemakerErrorCode {
  const statusCode = $metadata?.httpStatusCode
  if (unknownCredentials.test(name) || /resolved credential/i.test(message)) return 'credentials'
  if (name.startsWith('AccessDenied') || name === 'NotAuthorized' || statusCode === 401 || statusCode === 403)
    return 'access-denied'
  if (name.startsWith('ResourceNotFound') || /could not find|does not exist/i.test(message)) return 'endpoint-not-found'
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(name) || statusCode === 429) return 'throttled'
  if (statusCode !== undefined && statusCode >= 500) return 'service-unavailable'
  if (statusCode !== undefined && statusCode >= 400) return 'invalid-request'
  if (/region is missing/i.test(message)) return 'invalid-request'
  if (name === 'TimeoutError') return 'timeout'
  if (name === 'SyntaxError') return 'unexpected-response'
  return 'connection'
}

/** Advice per error code. */
const advice: Partial<Readonly<Record<SagemakerErrorCode, string>>> = {
  credentials: 'Check credentials, profile and the clock of this machine.',
  'endpoint-not-found': 'Check its name, the region and the account.',
  throttled: 'Call less often, or keep descriptions with a discoveryCache.',
  'service-unavailable': 'Try again later.',
  connection: 'Check the network, and the region or the address of the endpoint.',
}

function messageOf(code: SagemakerErrorCode, { message = '' }: Thrown, operation: Operation): string {
  // A body that is not JSON surfaces as a SyntaxError whose message quotes it.
  const words = code === 'unexpected-response' ? '' : oneLine(message)
  const quoted = words === '' ? '.' : `: "${words}".`
  if (code === 'access-denied') return `${operation} is denied${quoted} The caller needs ${actionOf(operation)}.`
  if (code === 'invalid-request' && /region is missing/i.test(message)) {
    return `${operation} cannot be sent: set region or AWS_REGION.`
  }
  const whatToDo = advice[code]
  return `${operation} failed${quoted}${whatToDo === undefined ? '' : ` ${whatToDo}`}`
}
