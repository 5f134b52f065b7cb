import { concatBytes } from '../answers/bytes.ts'
import type { ContainerAnswer } from '../answers/local-answer.ts'
import { modelErrorResponse, modelTimeoutResponse, type AwsLocation } from '../answers/model-error.ts'
import type { TrackedRequest } from '../answers/received-request.ts'
import { isServiceErrorName, serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import type { Ending } from '../answers/step.ts'
import { askEndpoint } from './ask-endpoint.ts'
import { dueSteps } from './due-steps.ts'
import type { HostedEndpoint } from './hosted-endpoint.ts'

/** What is left of an answer's steps when they are gathered: a body, a failure, a crash of the container, or a connection that breaks. */
export type GatheredAnswer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly response: HttpResponse }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'broken'; readonly ending: Exclude<Ending, 'end'> }

/** What a call without a stream comes to: the body of a success, or the response that says why there is none. */
export type WholeAnswer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array; readonly contentType: string | undefined }
  | { readonly kind: 'failed'; readonly response: HttpResponse }

/**
 * Asks an endpoint, faults included, and gathers its whole answer. Never rejects. A connection that breaks, and an abort of `signal`
 * before the answer is complete, are a model that timed out.
 */
export async function askForBody(
  endpoint: HostedEndpoint,
  request: TrackedRequest,
  awsLocation: AwsLocation,
  signal: AbortSignal,
): Promise<WholeAnswer> {
  const failed = (response: HttpResponse): WholeAnswer => ({ kind: 'failed', response })
  const timedOut = (): WholeAnswer => failed(modelTimeoutResponse(endpoint.name, awsLocation))
  const answer = await askEndpoint(endpoint, request, awsLocation, signal)
  if (answer.kind === 'service') return failed(answer.response)
  if (answer.kind === 'none') return timedOut()
  const gathered = await gather(answer, signal)
  if (signal.aborted || gathered.kind === 'broken') return timedOut()
  if (gathered.kind === 'failed') return gathered
  const { name: endpointName } = endpoint
  if (gathered.kind === 'crashed') {
    return failed(modelErrorResponse({ endpointName, statusCode: 500, message: gathered.message }, awsLocation))
  }
  const response = wholeResponse(answer, gathered.bytes, endpointName, awsLocation)
  return response.statusCode === 200
    ? { kind: 'body', bytes: response.body, contentType: answer.contentType }
    : failed(response)
}

/** Gathers the container's whole body, as SageMaker does for `InvokeEndpoint` and for every container error. */
export async function gather(answer: ContainerAnswer, signal: AbortSignal): Promise<GatheredAnswer> {
  const chunks: Uint8Array[] = []
  try {
    for await (const step of dueSteps(answer, signal)) {
      if (step.kind === 'part' || step.kind === 'wire') chunks.push(step.bytes)
      else if (step.kind === 'exception')
        return { kind: 'failed', response: exceptionResponse(step.name, step.members) }
      else if (step.ending === 'end') break
      else return { kind: 'broken', ending: step.ending }
    }
  } catch (error) {
    return { kind: 'crashed', message: error instanceof Error ? error.message : String(error) }
  }
  return { kind: 'body', bytes: concatBytes(chunks) }
}

/** The container's answer as it is, or the `ModelError` that SageMaker makes of it. */
export function wholeResponse(
  answer: ContainerAnswer,
  bytes: Uint8Array,
  endpointName: string,
  awsLocation: AwsLocation,
): HttpResponse {
  const statusCode = answer.status ?? 200
  if (statusCode < 400) return { statusCode: 200, headers: contentTypeHeader(answer), body: bytes }
  return modelErrorResponse({ endpointName, statusCode, message: new TextDecoder().decode(bytes) }, awsLocation)
}

function contentTypeHeader(answer: ContainerAnswer): Record<string, string> {
  return answer.contentType === undefined ? {} : { 'content-type': answer.contentType }
}

function exceptionResponse(name: string, members: Readonly<Record<string, unknown>>): HttpResponse {
  const { Message, ...rest } = members
  const message = typeof Message === 'string' ? Message : undefined
  if (isServiceErrorName(name)) return serviceErrorResponse(name, { message, members: rest })
  const response = serviceErrorResponse('InternalFailure', { message, members: rest })
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': name } }
}
