import type { StreamDecodeError } from '@x/stream-core/decoders'
import type { ErrorContext } from './error-context.ts'
import { systemCodeOf } from './error-from-exception.ts'
import { SagemakerError } from './sagemaker-error.ts'

const maxSnippetLength = 500

/** The connection was lost after output had begun. */
export function brokenOff(cause: unknown, context: ErrorContext): SagemakerError {
  const { request: _, ...details } = context
  const systemCode = systemCodeOf(cause)
  const how = systemCode === undefined ? '' : `, ${systemCode}`
  const what = `the connection was lost after ${received(context)} of the answer`
  const text = `${what} (endpoint ${context.endpointName}${how}). Send the request again if the part is not enough.`
  return new SagemakerError('stream-interrupted', text, { ...details, cause })
}

/** The frames of an answer are damaged, or end too early. */
export function damaged(error: StreamDecodeError, context: ErrorContext): SagemakerError {
  const { request: _, ...details } = context
  const snippet = new TextDecoder().decode(error.rest.subarray(0, maxSnippetLength))
  const where = `(endpoint ${context.endpointName}, after ${received(context)})`
  return error.code === 'truncated-frame'
    ? new SagemakerError('stream-interrupted', `the answer ended within a frame ${where}.`, {
        ...details,
        cause: error,
      })
    : new SagemakerError('stream-corrupt', `${error.message} ${where}. Look for a proxy that alters the answer.`, {
        ...details,
        cause: error,
        snippet,
      })
}

function received(context: ErrorContext): string {
  const bytes = context.partial?.bytesReceived ?? 0
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}
