import type { ReceivedRequest } from '../../answers/received-request.ts'

/** Limit of all bodies together, so that many large requests do not fill the memory. */
const maxBytes = 100 * 2 ** 20

/** Requests received so far, oldest first, up to a limit. */
export interface RequestLog {
  readonly requests: readonly ReceivedRequest[]
  add(request: ReceivedRequest): void
  /** Returns the number of requests of an endpoint so far. */
  count(endpointName: string | undefined): number
  /** Counts a request of an endpoint and returns the number of earlier ones. */
  nextIndex(endpointName: string | undefined): number
}

export function createRequestLog(maxRequests: number): RequestLog {
  const requests: ReceivedRequest[] = []
  let bytes = 0
  const counts = new Map<string | undefined, number>()
  const countOf = (endpointName: string | undefined): number => counts.get(endpointName) ?? 0
  return {
    requests,
    add(request) {
      requests.push(request)
      bytes += request.body.length
      while (requests.length > maxRequests || (bytes > maxBytes && requests.length > 1)) {
        bytes -= requests.shift()?.body.length ?? 0
      }
    },
    count: countOf,
    nextIndex(endpointName) {
      const index = countOf(endpointName)
      counts.set(endpointName, index + 1)
      return index
    },
  }
}
