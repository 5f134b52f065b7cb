import type { ContainerAnswer } from '../../answers/local-answer.ts'
import type { Ending } from '../../answers/step.ts'
import { concatBytes } from '../../answers/bytes.ts'
import { dueSteps, sendServiceResponse, type Delivery } from './delivery.ts'
import { modelErrorResponse, type Place } from '../../answers/model-error.ts'
import { createResponseWriter } from './response-writer.ts'
import { isServiceErrorName, serviceErrorResponse, type HttpResponse } from '../../answers/service-error.ts'

/** What is left of an answer's steps when they are gathered: a body, a failure, a crash of the container, or a connection that breaks. */
export type GatheredAnswer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly response: HttpResponse }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'broken'; readonly ending: Exclude<Ending, 'end'> }

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

/** Answers `InvokeEndpoint`: the whole body, then one response. */
export async function deliverWhole(delivery: Delivery, answer: ContainerAnswer): Promise<void> {
  const gathered = await gather(answer, delivery.signal)
  if (gathered.kind === 'broken')
    return createResponseWriter(delivery.response, delivery.signal).finish(gathered.ending)
  if (delivery.signal.aborted) return
  if (gathered.kind === 'failed') return sendServiceResponse(delivery.response, gathered.response, delivery.headers)
  const { endpointName, place } = delivery
  const content =
    gathered.kind === 'crashed'
      ? modelErrorResponse({ endpointName, statusCode: 500, message: gathered.message }, place)
      : wholeResponse(answer, gathered.bytes, endpointName, place)
  await sendServiceResponse(delivery.response, content, delivery.headers)
}

/** The container's answer as it is, or the `ModelError` that SageMaker makes of it. */
export function wholeResponse(
  answer: ContainerAnswer,
  bytes: Uint8Array,
  endpointName: string,
  place: Place,
): HttpResponse {
  const statusCode = answer.status ?? 200
  if (statusCode < 400) return { statusCode: 200, headers: contentTypeHeader(answer), body: bytes }
  return modelErrorResponse({ endpointName, statusCode, message: new TextDecoder().decode(bytes) }, place)
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
