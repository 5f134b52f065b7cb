import type { LocalAnswer } from '../../answers/local-answer.ts'
import type { HostedEndpoint } from '../../hosting/hosted-endpoint.ts'
import { modelStreamError } from '../../answers/step.ts'
import { askEndpoint } from '../../hosting/ask-endpoint.ts'
import { deliverOpenAI } from './deliver-openai.ts'
import { deliverStream, frameOf } from './deliver-stream.ts'
import { deliverWhole } from './deliver-whole.ts'
import { sendServiceResponse, type Delivery } from './delivery.ts'
import { headerNames } from '../../answers/header-names.ts'
import { modelTimeoutResponse } from '../../answers/model-error.ts'
import { createResponseWriter } from './response-writer.ts'
import type { Operation } from '../../answers/route.ts'

/** Operations whose response contains the answer. */
export type AnsweredOperation = Exclude<Operation, 'async'>

/**
 * Invokes the endpoint and delivers its answer, faults included. Reports a timeout of the model after `timeoutMs`, and stops when the
 * caller disconnects.
 */
export async function answerInTime(
  operation: AnsweredOperation,
  endpoint: HostedEndpoint,
  delivery: Delivery,
  timeoutMs: number,
): Promise<void> {
  const work = new AbortController()
  const stop = (): void => work.abort()
  delivery.signal.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(stop, timeoutMs)
  try {
    const answer = await askEndpoint(endpoint, delivery.request, delivery.awsLocation, work.signal)
    await deliver(operation, { ...delivery, signal: work.signal }, answer)
  } finally {
    clearTimeout(timer)
    delivery.signal.removeEventListener('abort', stop)
  }
  if (work.signal.aborted && !delivery.signal.aborted) await reportTimeout(operation, delivery)
}

async function deliver(operation: AnsweredOperation, delivery: Delivery, answer: LocalAnswer): Promise<void> {
  switch (answer.kind) {
    case 'service':
      return sendServiceResponse(delivery.response, answer.response, requestIdOf(delivery))
    case 'none':
      return createResponseWriter(delivery.response, delivery.signal).finish(answer.ending)
    case 'container': {
      const headers = { ...delivery.headers, ...answerHeaders(answer) }
      const deliverBy = { invoke: deliverWhole, stream: deliverStream, openai: deliverOpenAI }[operation]
      return deliverBy({ ...delivery, headers }, answer)
    }
  }
}

function requestIdOf({ headers }: Delivery): Record<string, string> {
  return { [headerNames.requestId]: headers[headerNames.requestId] ?? '' }
}

function answerHeaders(answer: Extract<LocalAnswer, { kind: 'container' }>): Record<string, string> {
  return {
    ...(answer.customAttributes === undefined ? {} : { [headerNames.customAttributes]: answer.customAttributes }),
    ...(answer.newSessionId === undefined ? {} : { [headerNames.newSessionId]: answer.newSessionId }),
    ...(answer.closedSessionId === undefined ? {} : { [headerNames.closedSessionId]: answer.closedSessionId }),
  }
}

async function reportTimeout(operation: AnsweredOperation, delivery: Delivery): Promise<void> {
  const { response, signal } = delivery
  if (!response.headersSent) {
    return sendServiceResponse(
      response,
      modelTimeoutResponse(delivery.endpointName, delivery.awsLocation),
      delivery.headers,
    )
  }
  const writer = createResponseWriter(response, signal)
  if (operation !== 'stream') return writer.finish('disconnect')
  await writer.write(frameOf(modelStreamError('ModelInvocationTimeExceeded')))
  await writer.finish('end')
}
