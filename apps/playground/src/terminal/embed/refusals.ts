import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'

/** What says something about one text, and not about the endpoint or the way to it. */
const textCodes: ReadonlySet<SagemakerErrorCode> = new Set([
  'invalid-request',
  'context-length-exceeded',
  'payload-too-large',
  'model-error',
])

/** Whether a row fails by this, and not the run. */
export function isRefusal(error: Error): error is SagemakerError {
  return SagemakerError.is(error) && textCodes.has(error.code)
}

/** When no text at all is accepted, it is not the texts: this many refusals at the start end a run, and are not recorded. */
export const mostFirstRefusals = 20
