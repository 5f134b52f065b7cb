import { type ContainerError, parseContainerErrorText } from './container-error.ts'
import type { SagemakerErrorCode } from './sagemaker-error-code.ts'
import type { ContainerPart, ServiceFailure } from './service-failure.ts'

/** Codes of errors that a container reports within an answer that had begun well. */
export function classifyContainerError(error: ContainerError): SagemakerErrorCode {
  switch (error.kind) {
    case 'timeout':
      return 'timeout'
    case 'context-length':
      return 'context-length-exceeded'
    case 'eula':
      return 'eula-not-accepted'
    case 'overloaded':
      return 'throttled'
    case 'payload-too-large':
      return 'payload-too-large'
    case 'validation':
    case 'not-found':
      return 'invalid-request'
    case 'model':
      return 'model-error'
  }
}

/** Code of a failure that SageMaker reports, with the container's part in it if it had one. */
export function classifyFailure(failure: ServiceFailure, container: ContainerPart | undefined): SagemakerErrorCode {
  if (failure.code !== undefined) return failure.code
  if (failure.isForeign === true && isMisdirected(failure.statusCode)) return 'connection'
  if (failure.name === 'ModelStreamError') return classifyModelStreamError(failure, container)
  if (failure.name === 'InternalStreamFailure') return 'service-unavailable'
  if (container) return classifyContainerFailure(container)
  return classifyOwnFailure(failure)
}

/** Statuses that say nothing of the request when a proxy or portal answers with them. The others mean what they say. */
function isMisdirected(statusCode: number = 0): boolean {
  return statusCode < 500 && ![401, 403, 413, 429].includes(statusCode)
}

function classifyModelStreamError(failure: ServiceFailure, container: ContainerPart | undefined): SagemakerErrorCode {
  if (failure.streamErrorCode === 'ModelInvocationTimeExceeded') return 'timeout'
  const code = container ? classifyContainerFailure(container) : 'model-error'
  return code === 'model-error' && failure.streamErrorCode === 'StreamBroken' ? 'stream-interrupted' : code
}

/** The container's status decides; a kind that is certain from its words comes before. */
function classifyContainerFailure({ error, status }: ContainerPart): SagemakerErrorCode {
  const code = classifyContainerError(error)
  if (code === 'throttled' && (status === 503 || error.status === 503)) return 'service-unavailable'
  const isOtherStatus = error.status !== undefined && ![400, 404, 415, 422].includes(error.status)
  return code === 'invalid-request' && isOtherStatus ? 'model-error' : code
}

/** Names of AWS's errors about who asks, with or without `Exception` behind them. */
const unknownCredentials: readonly string[] = [
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignature',
  'MissingAuthenticationToken',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClient',
]
const throttling = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/

function classifyOwnFailure(failure: ServiceFailure): SagemakerErrorCode {
  const { name, message, statusCode } = failure
  // The same advice applies, whether SageMaker or the container reports these.
  const words = parseContainerErrorText(message, statusCode)
  if (words.kind === 'eula' || words.kind === 'context-length') return classifyContainerError(words)
  if (unknownCredentials.some((start) => name.startsWith(start))) return 'credentials'
  if (statusCode === 401 || statusCode === 403 || name.startsWith('AccessDenied')) return 'access-denied'
  if (isNotFound(failure)) return 'endpoint-not-found'
  if (name.startsWith('ModelNotReady') || (statusCode === 400 && /no capacity/i.test(message))) return 'model-not-ready'
  if (statusCode === 429 || throttling.test(name)) return 'throttled'
  if (statusCode === 413 || /content length exceeded|payload too large/i.test(message)) return 'payload-too-large'
  return statusCode === undefined ? classifyByName(name) : classifyByStatus(statusCode)
}

function isNotFound({ message, statusCode }: ServiceFailure): boolean {
  return statusCode === 404 || (statusCode === 400 && /not found|could not find/i.test(message))
}

function classifyByStatus(statusCode: number): SagemakerErrorCode {
  if (statusCode >= 500) return 'service-unavailable'
  if (statusCode === 424) return 'model-error'
  return statusCode >= 400 ? 'invalid-request' : 'unexpected-response'
}

/** Exceptions within a stream have a name and no status. */
function classifyByName(name: string): SagemakerErrorCode {
  if (/^Internal|Unavailable/.test(name)) return 'service-unavailable'
  return name.startsWith('Validation') ? 'invalid-request' : 'model-error'
}
