import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './read-body.ts'
import { createReceivedRequest, type ReceivedRequest, type RequestOutcome } from '../../answers/received-request.ts'
import type { RequestLog } from './request-log.ts'
import type { Route } from '../../answers/route.ts'

/**
 * Reads a request whole and notes it in the log. Its signal aborts, and its outcome becomes `aborted`, when the connection closes
 * before the response is complete.
 */
export async function receiveRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  route: Route | undefined,
  maxBodyBytes: number,
  log: RequestLog,
): Promise<ReceivedRequest | 'too-large' | 'aborted'> {
  const caller = new AbortController()
  let outcome: RequestOutcome = 'pending'
  response.once('close', () => {
    outcome = response.writableFinished ? 'finished' : 'aborted'
    if (outcome === 'aborted') caller.abort()
  })
  const body = await readBody(incoming, maxBodyBytes)
  if (typeof body === 'string') return body
  const request = createReceivedRequest({
    method: incoming.method ?? '',
    path: incoming.url ?? '/',
    headers: incoming.headers,
    body,
    route,
    index: log.nextIndex(route?.endpointName),
    signal: caller.signal,
    outcome: () => outcome,
  })
  log.add(request)
  return request
}
