import { SagemakerError } from '@x/sagemaker-endpoint'

/** The error for what cannot be asked of a container, or is not a sensible thing to ask: found before anything is sent. */
export function invalidRequest(message: string): SagemakerError {
  return new SagemakerError('invalid-request', message)
}
