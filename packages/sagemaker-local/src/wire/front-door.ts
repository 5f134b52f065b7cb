import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../endpoints/answer.ts'
import { containerError } from '../endpoints/answer.ts'
import type { EndpointOptions } from '../endpoints/endpoint-options.ts'
import { deliverOpenAi } from './deliver-openai.ts'
import { deliverStream } from './deliver-stream.ts'
import { deliverWhole } from './deliver-whole.ts'
import { sendServiceResponse, type Delivery } from './delivery.ts'
import { exceptionFrame } from './event-stream-frame.ts'
import { headerNames } from './header-names.ts'
import { modelTimeoutResponse, type Place } from './model-error.ts'
import { readBody } from './read-body.ts'
import { createReceivedRequest, type ReceivedRequest, type RequestOutcome } from './received-request.ts'
import type { RequestLog } from './request-log.ts'
import { createResponseWriter } from './response-writer.ts'
import { parseRoute, type Operation } from './route.ts'
import { checkRouting, defaultVariant } from './routing-checks.ts'
import { serviceErrorResponse } from './service-error.ts'

/** What the front door has to know. */
export interface FrontDoor {
  readonly endpoints: ReadonlyMap<string, EndpointOptions>
  readonly place: Place
  readonly maxBodyBytes: number
  readonly timeoutMs: (operation: Operation) => number
  readonly log: RequestLog
}

/** Answers one HTTP request as SageMaker Runtime would. Never rejects. */
export async function handleRequest(
  door: FrontDoor,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = new AbortController()
  let outcome: RequestOutcome = 'pending'
  response.once('close', () => {
    outcome = response.writableFinished ? 'finished' : 'aborted'
    if (outcome === 'aborted') caller.abort()
  })
  const requestHeaders = { [headerNames.requestId]: randomUUID() }
  const path = incoming.url ?? '/'
  const route = incoming.method === 'POST' ? parseRoute(path.split('?', 1)[0] ?? path) : undefined
  const body = await readBody(incoming, door.maxBodyBytes)
  if (body === 'aborted') return
  if (body === 'too-large') {
    const tooLarge = serviceErrorResponse('ValidationError', {
      statusCode: 413,
      message: `HTTP content length exceeded ${door.maxBodyBytes} bytes.`,
    })
    await sendServiceResponse(response, tooLarge, { ...requestHeaders, connection: 'close' })
    return
  }
  const request = createReceivedRequest({
    method: incoming.method ?? '',
    path,
    headers: incoming.headers,
    body,
    route,
    index: door.log.nextIndex(route?.endpointName),
    signal: caller.signal,
    outcome: () => outcome,
  })
  door.log.add(request)
  if (route === undefined)
    return sendServiceResponse(response, serviceErrorResponse('UnknownOperationException'), requestHeaders)
  const { endpointName } = route
  const options = door.endpoints.get(endpointName)
  const refusal =
    options === undefined
      ? serviceErrorResponse('ValidationError', {
          message: `Endpoint ${endpointName} of account ${door.place.accountId} not found.`,
        })
      : checkRouting(request, endpointName, options)
  if (refusal || options === undefined)
    return sendServiceResponse(response, refusal ?? serviceErrorResponse('InternalFailure'), requestHeaders)
  await answerInTime(door, route.operation, options, {
    request,
    endpointName,
    response,
    headers: {
      ...requestHeaders,
      [headerNames.invokedProductionVariant]: request.targetVariant ?? options.variants?.[0] ?? defaultVariant,
    },
    place: door.place,
    signal: caller.signal,
  })
}

/** Asks the endpoint and delivers its answer, or reports, when the time for it is over, that the model timed out. */
async function answerInTime(
  door: FrontDoor,
  operation: Operation,
  options: EndpointOptions,
  delivery: Delivery,
): Promise<void> {
  const work = new AbortController()
  const stop = (): void => work.abort()
  delivery.signal.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(stop, door.timeoutMs(operation))
  try {
    await deliver(operation, { ...delivery, signal: work.signal }, await ask(options, delivery.request, work.signal))
  } finally {
    clearTimeout(timer)
    delivery.signal.removeEventListener('abort', stop)
  }
  if (work.signal.aborted && !delivery.signal.aborted) await reportTimeout(operation, delivery)
}

async function ask(options: EndpointOptions, request: ReceivedRequest, signal: AbortSignal): Promise<Answer> {
  const gaveUp = new Promise<Answer>((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'none', ending: 'stall' }), { once: true })
  })
  const answered = (async () => options.model.answer(request))()
  try {
    return await Promise.race([answered, gaveUp])
  } catch (error) {
    return containerError(500, error instanceof Error ? error.message : String(error))
  }
}

async function deliver(operation: Operation, delivery: Delivery, answer: Answer): Promise<void> {
  switch (answer.kind) {
    case 'service':
      return sendServiceResponse(delivery.response, answer.response, {
        [headerNames.requestId]: delivery.headers[headerNames.requestId] ?? '',
      })
    case 'none':
      return createResponseWriter(delivery.response, delivery.signal).finish(answer.ending)
    case 'container': {
      const headers = { ...delivery.headers, ...answerHeaders(answer) }
      const deliverBy = { invoke: deliverWhole, stream: deliverStream, openai: deliverOpenAi }[operation]
      return deliverBy({ ...delivery, headers }, answer)
    }
  }
}

function answerHeaders(answer: Extract<Answer, { kind: 'container' }>): Record<string, string> {
  return {
    ...(answer.customAttributes === undefined ? {} : { [headerNames.customAttributes]: answer.customAttributes }),
    ...(answer.newSessionId === undefined ? {} : { [headerNames.newSessionId]: answer.newSessionId }),
    ...(answer.closedSessionId === undefined ? {} : { [headerNames.closedSessionId]: answer.closedSessionId }),
  }
}

async function reportTimeout(operation: Operation, delivery: Delivery): Promise<void> {
  const { response } = delivery
  if (!response.headersSent)
    return sendServiceResponse(response, modelTimeoutResponse(delivery.endpointName, delivery.place), delivery.headers)
  const writer = createResponseWriter(response, delivery.signal)
  if (operation === 'stream') {
    await writer.write(
      exceptionFrame('ModelStreamError', {
        Message: 'Your model primary did not complete sending the inference response in the allotted time.',
        ErrorCode: 'ModelInvocationTimeExceeded',
      }),
    )
    return writer.finish('end')
  }
  return writer.finish('disconnect')
}
