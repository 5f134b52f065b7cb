import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { RuntimeRequest } from './runtime-request.ts'

/** SageMaker's limit for custom attributes, in characters. */
const maxCustomAttributesLength = 1024

/**
 * Refuses a request that cannot be sent as it is meant: what an operation does not have would be dropped without a word
 * by the SDK.
 *
 * @throws SagemakerError with code `invalid-request`.
 */
export function checkRequest(request: RuntimeRequest): void {
  const problem = problemIn(request)
  if (problem === undefined) return
  const { endpointName } = request
  throw new SagemakerError('invalid-request', `${problem} (endpoint ${endpointName}).`, { endpointName })
}

function problemIn(request: RuntimeRequest): string | undefined {
  const { routing } = request
  if (request.endpointName === '') return 'endpointName is empty'
  if (typeof request.body !== 'string' && !(request.body instanceof Uint8Array)) return 'body is neither text nor bytes'
  if (request.transport === 'openai') {
    const extra = Object.entries(routing).find(
      ([name, value]) => value !== undefined && name !== 'inferenceComponentName',
    )
    if (extra !== undefined) return `${extra[0]} is not available on the OpenAI-compatible path: use transport 'invoke'`
  } else if (request.operation === 'invokeStream') {
    if (routing.targetModel !== undefined) return 'targetModel is not available for streams: use invoke'
    if (routing.enableExplanations !== undefined) return 'enableExplanations is not available for streams: use invoke'
    if (routing.sessionId === 'NEW_SESSION') return 'a stream cannot create a session: use startSession'
  }
  if ((routing.customAttributes?.length ?? 0) > maxCustomAttributesLength) {
    return `customAttributes is longer than ${maxCustomAttributesLength} characters`
  }
  const headers = { ...routing, contentType: request.contentType, accept: request.accept }
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !/^[\x20-\x7e]*$/.test(value))
      return `${name} may hold visible ASCII characters only`
  }
  return undefined
}
