import type { EndpointObserver } from '@x/sagemaker-endpoint'
import type { RunEvent } from '../../protocol/run-event.ts'
import { errorEvent } from '../error-event.ts'

/** Takes the events of one call. */
export type EventWriter = (event: RunEvent) => void

/**
 * Turns what an endpoint reports into the events of each call: bytes as they arrive, not decoded.
 *
 * @param begin - called when a request leaves, in the asynchronous context of the call. Without a result, the call is not followed.
 */
export function observeCalls(
  begin: (endpointName: string, startedAt: string) => EventWriter | undefined,
): EndpointObserver {
  const writers = new Map<string, EventWriter>()
  const write = (callId: string, event: RunEvent): void => writers.get(callId)?.(event)
  const end = (callId: string, event: RunEvent): void => {
    write(callId, event)
    writers.delete(callId)
  }
  return {
    onRequestBody: ({ callId, elapsedMs: at, endpointName, operation, body, contentType, accept }) => {
      const writer = begin(endpointName, new Date(Date.now() - at).toISOString())
      if (writer === undefined) return
      writers.set(callId, writer)
      const text = new TextDecoder().decode(body)
      writer({ type: 'request', at, operation: operationNames[operation], contentType, accept, body: text })
    },
    onResponse: ({ callId, elapsedMs: at, statusCode, contentType, requestId, invokedProductionVariant: variant }) =>
      write(callId, { type: 'response', at, statusCode, contentType, requestId, variant }),
    onResponseBytes: ({ callId, elapsedMs: at, bytes }) =>
      write(callId, { type: 'part', at, start: 0, bytes: Buffer.from(bytes).toString('base64') }),
    onRetry: ({ callId, elapsedMs: at, attempt, error, delayMs }) =>
      write(callId, { type: 'retry', at, attempt, code: error.code, delayMs }),
    onEnd: ({ callId, elapsedMs: at }) => end(callId, { type: 'end', at }),
    onError: ({ callId, elapsedMs: at, error }) => end(callId, errorEvent(error, at)),
  }
}

const operationNames = {
  invoke: 'InvokeEndpoint',
  invokeStream: 'InvokeEndpointWithResponseStream',
  invokeAsync: 'InvokeEndpointAsync',
} as const
