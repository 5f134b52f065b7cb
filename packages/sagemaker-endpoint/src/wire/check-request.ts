import { SagemakerError } from '../errors/sagemaker-error.ts'
import { checkResourceName } from '../options/limits.ts'
import type { RoutingOptions } from '../options/endpoint-options.ts'
import type { InvokeAsyncInput } from '../options/invoke-async-input.ts'
import { byteLength } from './bytes.ts'
import type { RuntimeRequest } from './runtime-request.ts'

/** SageMaker's limit for custom attributes, in characters. */
const maxCustomAttributesLength = 1024

/** SageMaker's limit for input that is sent with an asynchronous call. */
const maxInlineBytes = 128_000

/**
 * Refuses a request that cannot be sent as it is meant: what an operation does not have would be dropped without a word
 * by the SDK.
 *
 * @throws {SagemakerError} with code `invalid-request`, or `payload-too-large` for the body of an asynchronous call.
 */
export function checkRequest(request: RuntimeRequest): void {
  const { endpointName } = request
  const { inferenceComponentName } = request.routing
  if (inferenceComponentName !== undefined) checkResourceName('inferenceComponentName', inferenceComponentName)
  const problem = problemIn(request)
  if (problem !== undefined)
    throw new SagemakerError('invalid-request', `${problem} (endpoint ${endpointName}).`, { endpointName })
  if (request.asyncInput !== undefined) checkInlineLength(request)
}

function checkInlineLength({ body, endpointName }: RuntimeRequest): void {
  const bodyBytes = byteLength(body)
  if (bodyBytes <= maxInlineBytes) return
  const what = `the body of an asynchronous call may have ${maxInlineBytes} bytes and has ${bodyBytes}`
  const text = `${what} (endpoint ${endpointName}). Put it into S3 and pass its inputLocation.`
  throw new SagemakerError('payload-too-large', text, { endpointName })
}

function problemIn(request: RuntimeRequest): string | undefined {
  const { asyncInput, routing } = request
  if (typeof request.body !== 'string' && !(request.body instanceof Uint8Array)) return 'body is neither text nor bytes'
  if (request.transport === 'openai') {
    const option = asyncInput ? 'invokeAsync' : unavailableRouting(routing, ['inferenceComponentName'])
    if (option !== undefined) return `${option} is not available on the OpenAI-compatible path: use transport 'invoke'`
  } else if (request.operation === 'invokeStream') {
    if (routing.targetModel !== undefined) return 'targetModel is not available for streams: use invoke'
    if (routing.enableExplanations !== undefined) return 'enableExplanations is not available for streams: use invoke'
    if (routing.sessionId === 'NEW_SESSION') return 'a stream cannot create a session: use startSession'
  }
  const problem = asyncInput && asyncProblem(asyncInput, routing)
  if (problem !== undefined) return problem
  if ((routing.customAttributes?.length ?? 0) > maxCustomAttributesLength) {
    return `customAttributes is longer than ${maxCustomAttributesLength} characters`
  }
  const headers = {
    ...routing,
    ...asyncInput,
    body: undefined,
    contentType: request.contentType,
    accept: request.accept,
  }
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !/^[\x20-\x7e]*$/.test(value))
      return `${name} may hold visible ASCII characters only`
  }
  return undefined
}

/** What is wrong with an asynchronous request, apart from its size. */
function asyncProblem(asyncInput: InvokeAsyncInput, routing: RoutingOptions): string | undefined {
  const option = unavailableRouting(routing, ['customAttributes', 'inferenceId'])
  if (option !== undefined) return `${option} is not available for asynchronous calls`
  const { inputLocation, body } = asyncInput
  if (inputLocation === undefined && body === undefined) return 'neither inputLocation nor body is given'
  if (inputLocation !== undefined && body !== undefined) return 'both inputLocation and body are given: choose one'
  return secondsProblem(asyncInput)
}

function secondsProblem({ requestTtlSeconds, invocationTimeoutSeconds }: InvokeAsyncInput): string | undefined {
  for (const [name, value] of Object.entries({ requestTtlSeconds, invocationTimeoutSeconds })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      return `${name} is ${value}; it must be a whole number from 1`
  }
  return undefined
}

/** Name of a routing option that is given and not among the available ones. */
export function unavailableRouting(
  routing: RoutingOptions,
  available: readonly (keyof RoutingOptions)[],
): string | undefined {
  const given = Object.entries(routing).filter(([, value]) => value !== undefined)
  return given.find(([name]) => !(available as readonly string[]).includes(name))?.[0]
}
