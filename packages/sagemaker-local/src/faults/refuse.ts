import {
  containerError,
  htmlError,
  rawResponse,
  resetConnection,
  serviceError,
  silence,
  type LocalAnswer,
} from '../answers/local-answer.ts'
import { modelTimeoutResponse, type AwsLocation } from '../answers/model-error.ts'
import type { RefusalName } from './faults.ts'

/** The answer that stands for a refusal. */
export function refuse(name: RefusalName, endpointName: string, awsLocation: AwsLocation): LocalAnswer {
  switch (name) {
    case 'throttling':
      return serviceError('ThrottlingException')
    case 'too-many-requests':
      return serviceError('TooManyRequestsException')
    case 'model-not-ready':
      return serviceError('ModelNotReadyException')
    case 'no-capacity':
      return serviceError('ValidationError', {
        message:
          'Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress (if configured) or try to increase the capacity by invoking UpdateInferenceComponentRuntimeConfig API.',
      })
    case 'service-unavailable':
      return serviceError('ServiceUnavailable')
    case 'internal-failure':
      return serviceError('InternalFailure')
    case 'dependency-failure':
      return serviceError('InternalDependencyException')
    case 'access-denied':
      return serviceError('AccessDeniedException')
    case 'expired-token':
      return serviceError('ExpiredTokenException')
    case 'model-error':
      return containerError(500, {
        error: 'Request failed during generation: Server error: CUDA out of memory',
        error_type: 'generation',
      })
    case 'model-overloaded':
      return containerError(503, { error: 'Model is overloaded', error_type: 'overloaded' })
    case 'model-timeout':
      return { kind: 'service', response: modelTimeoutResponse(endpointName, awsLocation) }
    case 'html-502':
      return htmlError(502)
    case 'empty-503':
      return rawResponse(503)
    case 'silence':
      return silence()
    case 'reset':
      return resetConnection()
  }
}

/** Adds `Retry-After` to a refusal of the service. */
export function withRetryAfter(answer: LocalAnswer, retryAfterSeconds: number | undefined): LocalAnswer {
  if (answer.kind !== 'service' || retryAfterSeconds === undefined) return answer
  const headers = { ...answer.response.headers, 'retry-after': String(retryAfterSeconds) }
  return { kind: 'service', response: { ...answer.response, headers } }
}
