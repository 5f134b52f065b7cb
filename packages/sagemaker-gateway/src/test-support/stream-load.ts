import { setTimeout as sleep } from 'node:timers/promises'
import type { GatewayFixture } from './gateway-fixture.ts'

/** What a load of streams did to the process. */
export interface LoadReport {
  readonly finished: number
  readonly left: number
  /** Requests that were sent again, because an idle connection was closed. */
  readonly retried: number
  /** Heap after garbage collection, in bytes, at the beginning and after each tenth of the streams. */
  readonly heapBytes: readonly number[]
  /** Requests that the gateway still answers. */
  readonly activeRequests: number
  /** Requests that the endpoint still answers. */
  readonly endpointRequests: number
}

/** How a load of streams is run. */
export interface LoadOptions {
  readonly model: string
  readonly streams: number
  readonly concurrency: number
  /** Every n-th stream is left after its first event. */
  readonly leaveEvery: number
  readonly collectGarbage: () => void
}

/** Reads streams of a gateway from several readers at a time; some are left early. */
export async function loadStreams(fixture: GatewayFixture, options: LoadOptions): Promise<LoadReport> {
  const { model, streams, concurrency, leaveEvery, collectGarbage } = options
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'The sea' }], max_tokens: 20, stream: true })
  const heapBytes: number[] = []
  let started = 0
  let finished = 0
  let left = 0
  let retried = 0
  const measure = async (): Promise<void> => {
    await sleep(20)
    collectGarbage()
    heapBytes.push(process.memoryUsage().heapUsed)
  }
  const readOne = async (number: number): Promise<void> => {
    const controller = new AbortController()
    const { signal } = controller
    const send = (): Promise<Response> => fetch(`${fixture.baseURL}/chat/completions`, { method: 'POST', body, signal })
    const response = await send().catch((error: unknown) => {
      // A connection that was idle for long may be closed while it is taken again: every HTTP client sends again then.
      retried++
      if (retried > streams / 100) throw error
      return send()
    })
    if (number % leaveEvery === 0) {
      const reader = response.body!.getReader()
      await reader.read()
      controller.abort()
      await reader.closed.catch(() => {})
      left++
      return
    }
    const text = await response.text()
    if (!text.endsWith('data: [DONE]\n\n')) throw new Error(`a stream did not end: ${text.slice(-200)}`)
    finished++
  }
  await Promise.all(Array.from({ length: concurrency }, () => readOne(1)))
  left = 0
  finished = 0
  await measure()
  for (let tenth = 1; tenth <= 10; tenth++) {
    const until = Math.round((streams * tenth) / 10)
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (started < until) await readOne(++started)
      }),
    )
    await measure()
  }
  for (let round = 0; round < 100 && fixture.gateway.activeRequests + fixture.runtime.activeRequests > 0; round++)
    await sleep(20)
  return {
    finished,
    left,
    retried,
    heapBytes,
    activeRequests: fixture.gateway.activeRequests,
    endpointRequests: fixture.runtime.activeRequests,
  }
}
