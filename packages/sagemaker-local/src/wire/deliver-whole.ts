import type { ContainerAnswer } from '../endpoints/answer.ts'
import type { Ending } from '../endpoints/step.ts'
import { concatBytes } from './bytes.ts'
import { dueSteps, sendServiceResponse, type Delivery } from './delivery.ts'
import { modelErrorResponse } from './model-error.ts'
import { createResponseWriter } from './response-writer.ts'
import { isServiceErrorName, serviceErrorResponse, type HttpResponse } from './service-error.ts'

/** What is left of an answer's steps when they are gathered: a body, a failure, or a connection that breaks. */
export type GatheredAnswer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly response: HttpResponse }
  | { readonly kind: 'broken'; readonly ending: Exclude<Ending, 'end'> }

/** Gathers the container's whole body, as SageMaker does for `InvokeEndpoint` and for every container error. */
export async function gather(answer: ContainerAnswer, signal: AbortSignal): Promise<GatheredAnswer> {
  const chunks: Uint8Array[] = []
  for await (const step of dueSteps(answer, signal)) {
    if (step.kind === 'part' || step.kind === 'wire') chunks.push(step.bytes)
    else if (step.kind === 'exception') return { kind: 'failed', response: exceptionResponse(step.name, step.members) }
    else if (step.ending === 'end') break
    else return { kind: 'broken', ending: step.ending }
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
  const { bytes } = gathered
  const status = answer.status ?? 200
  const content =
    status >= 400
      ? modelErrorResponse(
          { endpointName: delivery.endpointName, statusCode: status, message: new TextDecoder().decode(bytes) },
          delivery.place,
        )
      : { statusCode: 200, headers: contentTypeHeader(answer), body: bytes }
  await sendServiceResponse(delivery.response, content, delivery.headers)
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
