import { concatBytes } from '../answers/bytes.ts'
import type { ContainerAnswer } from '../answers/local-answer.ts'
import { modelErrorResponse, modelTimeoutResponse, type AwsLocation } from '../answers/model-error.ts'
import type { TrackedRequest } from '../answers/received-request.ts'
import { isServiceErrorName, serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import type { Ending } from '../answers/step.ts'
import { askEndpoint } from './ask-endpoint.ts'
import { dueSteps } from './due-steps.ts'
import type { HostedEndpoint } from './hosted-endpoint.ts'

/** Result of {@link gather}: the body, an exception step, a crash of the container, or a broken connection. */
export type GatheredAnswer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly response: HttpResponse }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'broken'; readonly ending: Exclude<Ending, 'end'> }

/** Result of {@link askForBody}: the body of a success, or the error response. */
export type WholeAnswer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array; readonly contentType: string | undefined }
  | { readonly kind: 'failed'; readonly response: HttpResponse }

/**
 * Invokes an endpoint, faults included, and returns its whole answer. Never rejects. A broken connection, or an abort of `signal` before
 * the answer is complete, is reported as a timeout of the model.
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

/** Reads the container's whole body, as SageMaker does for `InvokeEndpoint` and for every error of a container. */
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

/** Builds the response for a whole body: the body unchanged, or a `ModelError` if the container's status is an error. */
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
