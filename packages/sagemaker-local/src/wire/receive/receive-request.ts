import type { IncomingMessage, ServerResponse } from 'node:http'
import { concatBytes } from '../../answers/bytes.ts'
import {
  createProgress,
  createReceivedRequest,
  type AnswerProgress,
  type ReceivedRequest,
  type TrackedRequest,
} from '../../answers/received-request.ts'
import type { Route } from '../../answers/route.ts'
import type { RequestLog } from './request-log.ts'

/** How requests are read, and who learns of them. */
export interface ReceivingRules {
  readonly maxBodyBytes: number
  readonly log: RequestLog
  /** Called when a response is complete, or its connection has closed; also for a request whose body is too large. */
  readonly onAnswered: (request: ReceivedRequest) => void
}

/**
 * Reads a request whole and notes it in the log. Its signal aborts, and its outcome becomes `aborted`, when the connection closes
 * before the response is complete.
 */
export async function receiveRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  route: Route | undefined,
  { maxBodyBytes, log, onAnswered }: ReceivingRules,
): Promise<TrackedRequest | 'too-large' | 'aborted'> {
  const caller = new AbortController()
  const progress = progressOf(response)
  const startedAt = performance.now()
  response.once('close', () => {
    progress.outcome = response.writableFinished ? 'finished' : 'aborted'
    progress.durationMs = Math.round(performance.now() - startedAt)
    if (progress.outcome === 'aborted') caller.abort()
  })
  const body = await readBody(incoming, maxBodyBytes)
  if (body === 'aborted') return body
  const tooLarge = body === 'too-large'
  const request = createReceivedRequest({
    method: incoming.method ?? '',
    path: incoming.url ?? '/',
    headers: incoming.headers,
    body: tooLarge ? new Uint8Array() : body,
    route,
    index: tooLarge ? log.count(route?.endpointName) : log.nextIndex(route?.endpointName),
    signal: caller.signal,
    progress,
  })
  response.once('close', () => onAnswered(request))
  if (tooLarge) return body
  log.add(request)
  return request
}

function progressOf(response: ServerResponse): AnswerProgress {
  return {
    ...createProgress(),
    get status() {
      return response.headersSent ? response.statusCode : undefined
    },
  }
}

/**
 * The whole body, or `too-large` if it exceeds the limit, or `aborted` if the caller went away. A body that is too large is read to
 * its end all the same, because a client that is still writing may not see the answer.
 */
async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<Uint8Array | 'too-large' | 'aborted'> {
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
