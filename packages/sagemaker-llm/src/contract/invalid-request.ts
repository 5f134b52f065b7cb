import { SagemakerError } from '@x/sagemaker-endpoint'

/**
 * The error for what cannot be asked of a container, or is not a sensible thing to ask: found before anything is sent.
 *
 * @param path - the option that is at fault, for callers that have something else to ask for.
 */
export function invalidRequest(message: string, path?: string): SagemakerError {
  return new SagemakerError('invalid-request', message, { path })
}
