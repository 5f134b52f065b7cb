import { SagemakerError } from '@x/sagemaker-endpoint'

/** The error for what was thrown before anything was sent: by a check, or by a function of the user's own. */
export function preparationError(thrown: unknown, endpointName: string): SagemakerError {
  if (SagemakerError.is(thrown)) return thrown.with({ endpointName })
  // What a function of the user's throws may quote the prompt: it belongs into the cause, not into the message.
  const message = 'the request could not be written: a function that was given for it has thrown'
  return new SagemakerError('invalid-request', message, { endpointName, cause: thrown })
}
