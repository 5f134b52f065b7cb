import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerControlPlane, type ControlPlane, controlPlaneTarget } from '../control-plane/control-plane.ts'
import { invokeAsync, type AsyncInvocations } from '../hosting/invoke-async.ts'
import { answerObjectRequest } from '../wire/object-requests.ts'
import { statusPage } from './status-page.ts'
import { admitRequest, type AdmissionRules } from '../wire/receive/admit-request.ts'
import { answerInTime, type AnsweredOperation } from '../wire/deliver/answer-in-time.ts'
import { sendServiceResponse } from '../wire/deliver/delivery.ts'
import { headerNames } from '../answers/header-names.ts'
import { receiveRequest, type ReceivingRules } from '../wire/receive/receive-request.ts'
import { parseRoute } from '../answers/route.ts'
import { defaultVariant } from '../wire/receive/routing-checks.ts'
import { serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'

/** State and rules that all requests share. */
export interface HandlerContext extends AdmissionRules, ReceivingRules {
  readonly timeoutMs: (operation: AnsweredOperation) => number
  readonly async: AsyncInvocations
  /** Undefined if it is disabled. */
  readonly controlPlane: ControlPlane | undefined
}

/** Answers one HTTP request as SageMaker Runtime would. */
export async function handleRequest(
  context: HandlerContext,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/'] = (incoming.url ?? '/').split('?')
  const route = incoming.method === 'POST' ? parseRoute(path) : undefined
  const headers = { [headerNames.requestId]: randomUUID() }
  const request = await receiveRequest(incoming, response, route, context)
  if (request === 'aborted') return
  if ('statusCode' in request) return sendServiceResponse(response, request, headers)
  const target = context.controlPlane === undefined ? undefined : controlPlaneTarget(request)
  if (context.controlPlane !== undefined && target !== undefined) {
    return sendServiceResponse(response, await answerControlPlane(context.controlPlane, target, request), headers)
  }
  if (!route) {
    const page = incoming.method === 'GET' ? pageAt(path, context, incoming) : undefined
    const content = page ?? (await answerObjectRequest(request, context.async.objects))
    return sendServiceResponse(response, content ?? serviceErrorResponse('UnknownOperationException'), headers)
  }
  const admitted = await admitRequest(context, route, request)
  if ('statusCode' in admitted) return sendServiceResponse(response, admitted, headers)
  if (route.operation === 'async') {
    return sendServiceResponse(response, invokeAsync(context.async, admitted, request), headers)
  }
  const variant = request.targetVariant ?? admitted.options.variants?.[0] ?? defaultVariant
  await answerInTime(
    route.operation,
    admitted,
    {
      request,
      endpointName: admitted.name,
      response,
      headers: { ...headers, [headerNames.invokedProductionVariant]: variant },
      awsLocation: context.awsLocation,
      signal: request.signal,
    },
    context.timeoutMs(route.operation),
  )
}

/** Returns the status page, or the answer to a health check. */
function pageAt(path: string, context: HandlerContext, { headers }: IncomingMessage): HttpResponse | undefined {
  if (path === '/ping') return { statusCode: 200, headers: {}, body: new Uint8Array() }
  return path === '/'
    ? statusPage([...context.endpoints.values()], `http://${headers.host ?? 'localhost'}`, context.awsLocation)
    : undefined
}
