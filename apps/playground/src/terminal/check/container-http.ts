import { setTimeout as delay } from 'node:timers/promises'
import { formatDuration } from '../../page/call/format.ts'
import { excerpt, fail, pass, type Finding } from './finding.ts'

/** Longest time that SageMaker waits for the answer of `/ping`. */
const pingLimitMs = 2000

/** Most characters that are read of an answer. */
const maxTextLength = 256 * 1024

/** A response of the container to plain HTTP. */
export interface PlainResponse {
  readonly status: number
  readonly contentType: string
  readonly text: string
  /** Chunks in which the body arrived. */
  readonly chunks: number
  readonly durationMs: number
}

/** The container gave no response. */
export class NoResponse extends Error {
  override readonly name = 'NoResponse'
}

export interface PlainRequest {
  readonly body?: object | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/**
 * Sends a request to the container: GET without a body, POST with one. Follows no redirect.
 *
 * @throws {NoResponse}
 */
export async function requestContainer(
  containerUrl: URL,
  path: string,
  { body, timeoutMs, signal }: PlainRequest,
): Promise<PlainResponse> {
  const startedAt = performance.now()
  try {
    const response = await fetch(new URL(path, containerUrl), {
      ...(body !== undefined && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    const decoder = new TextDecoder()
    let text = ''
    let chunks = 0
    for await (const chunk of response.body ?? []) {
      chunks++
      if (text.length < maxTextLength) text += decoder.decode(chunk, { stream: true })
    }
    const contentType = response.headers.get('content-type') ?? ''
    return { status: response.status, contentType, text, chunks, durationMs: performance.now() - startedAt }
  } catch (cause) {
    signal.throwIfAborted()
    throw new NoResponse(reasonOf(cause, timeoutMs), { cause })
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if ((error as Error).name === 'TimeoutError') return `no answer within ${formatDuration(timeoutMs)}`
  const { cause } = error as { cause?: NodeJS.ErrnoException }
  return cause?.code === 'ECONNREFUSED' ? 'nothing listens there' : (cause?.message ?? String(error))
}

/** Checks `GET /ping`: SageMaker sends requests only to containers that answer it with status 200 within two seconds. */
export async function checkPing(containerUrl: URL, signal: AbortSignal): Promise<Finding> {
  const address = new URL('/ping', containerUrl).href
  try {
    const { status, text, durationMs } = await requestContainer(containerUrl, '/ping', {
      timeoutMs: pingLimitMs,
      signal,
    })
    if (status === 200) return pass(`200 in ${formatDuration(durationMs)}`)
    const words = text === '' ? '' : `: ${excerpt(text)}`
    return fail(`GET ${address} answers ${status}${words}. SageMaker waits for 200 before it sends requests.`)
  } catch (error) {
    if (!(error instanceof NoResponse)) throw error
    return fail(`GET ${address}: ${error.message}. SageMaker needs status 200 within 2 s.`)
  }
}

/** Waits until the container answers `/ping` with status 200, or the time is over. */
export async function waitForPing(containerUrl: URL, waitMs: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + waitMs
  while (performance.now() < end && (await checkPing(containerUrl, signal)).verdict !== 'pass')
    await delay(Math.min(500, Math.max(0, end - performance.now())), undefined, { signal })
}
