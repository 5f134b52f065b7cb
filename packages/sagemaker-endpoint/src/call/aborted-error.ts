import { SagemakerError } from '../errors/sagemaker-error.ts'

/** The error of a call that the caller's signal ended. */
export function abortedError(endpointName: string, cause: unknown): SagemakerError {
  return new SagemakerError('aborted', `the caller's signal ended the call (endpoint ${endpointName}).`, {
    endpointName,
    cause,
  })
}

/** The error of calls that `close()` ended, and of later ones. */
export function closedError(endpointName: string): SagemakerError {
  const text = `close() ended the call (endpoint ${endpointName}). Create another SagemakerEndpoint for further calls.`
  return new SagemakerError('aborted', text, { endpointName })
}
