import type { IncomingMessage, ServerResponse } from 'node:http'
import { createReceivedRequest, type ReceivedRequest, type RequestOutcome } from '../../answers/received-request.ts'
import type { RequestLog } from './request-log.ts'
import type { Route } from '../../answers/route.ts'
import { concatBytes } from '../../answers/bytes.ts'

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

/**
 * The whole body, or `too-large` if it exceeds the limit, or `aborted` if the caller went away. A body that is too large is read to
 * its end all the same, because a client that is still writing may not see the answer.
 */
export async function readBody(
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<Uint8Array | 'too-large' | 'aborted'> {
  let chunks: Uint8Array[] = []
  let length = 0
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBodyBytes) chunks = []
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(length > maxBodyBytes ? 'too-large' : concatBytes(chunks)))
    request.once('close', () => resolve('aborted'))
    request.once('error', () => resolve('aborted'))
  })
}
