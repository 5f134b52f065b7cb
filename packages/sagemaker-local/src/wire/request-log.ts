import type { ReceivedRequest } from './received-request.ts'

/** The requests received so far, oldest first, up to a limit. */
export interface RequestLog {
  readonly requests: readonly ReceivedRequest[]
  add(request: ReceivedRequest): void
  /** Counts one more request of an endpoint and returns how many there were before. */
  nextIndex(endpointName: string | undefined): number
}

export function createRequestLog(maxRequests: number): RequestLog {
  const requests: ReceivedRequest[] = []
  const counts = new Map<string | undefined, number>()
  return {
    requests,
    add(request) {
      requests.push(request)
      if (requests.length > maxRequests) requests.splice(0, requests.length - maxRequests)
    },
    nextIndex(endpointName) {
      const index = counts.get(endpointName) ?? 0
      counts.set(endpointName, index + 1)
      return index
    },
  }
}
