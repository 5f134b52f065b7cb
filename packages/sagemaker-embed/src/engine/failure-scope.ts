import type { SagemakerErrorCode } from '@x/sagemaker-endpoint'

/**
 * How much a failed request says: that one of its texts is at fault (which one is found by halving), that the request
 * as it stands got no answer, or that no request of the call will get one.
 */
export type FailureScope = 'text' | 'request' | 'call'

export function failureScope(code: SagemakerErrorCode): FailureScope {
  switch (code) {
    case 'invalid-request':
    case 'context-length-exceeded':
    case 'payload-too-large':
    case 'model-error':
      return 'text'
    case 'aborted':
    case 'credentials':
    case 'access-denied':
    case 'endpoint-not-found':
    case 'eula-not-accepted':
      return 'call'
    default:
      return 'request'
  }
}
