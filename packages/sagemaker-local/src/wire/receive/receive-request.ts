import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestProblem, type GuardRules } from '@x/loopback-guard'
import { concatBytes } from '../../answers/bytes.ts'
import {
  createProgress,
  createReceivedRequest,
  type AnswerProgress,
  type ReceivedRequest,
  type TrackedRequest,
} from '../../answers/received-request.ts'
import type { Route } from '../../answers/route.ts'
import { serviceErrorResponse, type HttpResponse } from '../../answers/service-error.ts'
import type { RequestLog } from './request-log.ts'

/** Limits and listeners for incoming requests. */
export interface ReceivingRules {
  readonly maxBodyBytes: number
  /** Rules for the headers `Host`, `Origin` and `Sec-Fetch-Site`. */
  readonly guard: GuardRules
  readonly log: RequestLog
  /** Called when a response is complete or its connection has closed, also for requests that are refused before their body is read. */
  readonly onAnswered: (request: ReceivedRequest) => void
}

/**
 * Reads a request and adds it to the log. Returns an error response if the request comes from a web page, its path cannot be decoded, or its
 * body is too large. When the connection closes before the response is complete, the signal of the request aborts and its outcome
 * becomes `aborted`.
 */
export async function receiveRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  route: Route | undefined,
  { maxBodyBytes, guard, log, onAnswered }: ReceivingRules,
): Promise<TrackedRequest | HttpResponse | 'aborted'> {
  const caller = new AbortController()
  const progress = progressOf(response)
  const startedAt = performance.now()
  response.once('close', () => {
    progress.outcome = response.writableFinished ? 'finished' : 'aborted'
    progress.durationMs = Math.round(performance.now() - startedAt)
    if (progress.outcome === 'aborted') caller.abort()
  })
  const problem = problemOf(incoming, guard)
  const body = problem ?? (await readBody(incoming, maxBodyBytes))
  if (body === 'aborted') return body
  const refused = !(body instanceof Uint8Array)
  const request = createReceivedRequest({
    method: incoming.method ?? '',
    path: incoming.url ?? '/',
    headers: incoming.headers,
    body: refused ? new Uint8Array() : body,
    route,
    index: refused ? log.count(route?.endpointName) : log.nextIndex(route?.endpointName),
    signal: caller.signal,
    progress,
  })
  response.once('close', () => onAnswered(request))
  if (refused) return body === 'too-large' ? tooLarge(maxBodyBytes) : body
  log.add(request)
  return request
}

/** Returns the error for a request that is refused before its body is read. */
function problemOf(incoming: IncomingMessage, guard: GuardRules): HttpResponse | undefined {
  const { method = '', url = '/', headers } = incoming
  const [path = '/'] = url.split('?')
  const foreign = requestProblem(
    {
      method,
      path,
      host: headers.host,
      origin: headers.origin,
      fetchSite: headers['sec-fetch-site']?.toString(),
      fetchMode: headers['sec-fetch-mode']?.toString(),
      fetchDest: headers['sec-fetch-dest']?.toString(),
    },
    guard,
  )
  if (foreign !== undefined) return serviceErrorResponse('AccessDeniedException', { message: foreign })
  if (isDecodable(path)) return undefined
  return serviceErrorResponse('ValidationError', { message: 'The path is not UTF-8 in percent-encoding.' })
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function tooLarge(maxBodyBytes: number): HttpResponse {
  return serviceErrorResponse('ValidationError', {
    statusCode: 413,
    message: `HTTP content length exceeded ${maxBodyBytes} bytes.`,
  })
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
 * Reads the whole body. Returns `too-large` if it exceeds the limit, `aborted` if the caller disconnects. A body that is too large is still read
 * to its end, because a client may not read the response while it writes.
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
