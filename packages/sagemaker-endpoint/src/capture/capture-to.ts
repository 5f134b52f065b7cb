import { randomUUID } from 'node:crypto'
import type { EndpointEvent, EndpointObserver } from '../options/endpoint-observer.ts'
import { captureSink, type CaptureSink } from './capture-sink.ts'

/** The names of the operations in captures. */
const operationNames = {
  invoke: 'InvokeEndpoint',
  invokeStream: 'InvokeEndpointWithResponseStream',
  invokeAsync: 'InvokeEndpointAsync',
} as const satisfies Record<EndpointEvent['operation'], string>

/**
 * Creates an observer that records calls: the request, every part of the response with its time, retries, and how the call
 * ended. For the option `observers` of an endpoint or of any model object. Nothing is recorded without it.
 *
 * Captures contain prompts and answers, but no headers and no credentials. They are JSON lines in version 1 of the format of the
 * playground: a line of type `capture` for each call, then a line for each event, written as the events happen. The `callId` of a
 * line tells overlapping calls apart.
 *
 * @param target - The path of a file (appended to, mode 0600), or the `http:` URL of a playground on loopback, which shows calls as
 * they happen.
 * @throws {SagemakerError} `invalid-request` for a URL that is not on loopback, and for a file that cannot be written. Later failures
 * never affect a call; the first one emits a process warning named `SagemakerCaptureWarning`.
 *
 * @example
 * ```ts
 * const llm = new SagemakerLLM({ endpointName: 'my-llama', observers: [captureTo('capture.jsonl')] })
 * ```
 */
export function captureTo(target: string | URL): EndpointObserver {
  return new CapturingObserver(captureSink(target))
}

type EventOf<Method extends keyof EndpointObserver> = Parameters<NonNullable<EndpointObserver[Method]>>[0]

interface CapturedCall {
  /** Unique in the file, unlike the ID of the observed call. */
  readonly callId: string
  receivedBytes: number
}

class CapturingObserver implements EndpointObserver {
  readonly #write: CaptureSink
  readonly #calls = new Map<string, CapturedCall>()

  constructor(write: CaptureSink) {
    this.#write = write
  }

  onRequestBody(event: EventOf<'onRequestBody'>): void {
    const { callId, endpointName, elapsedMs, body, contentType, accept } = event
    const call = { callId: randomUUID(), receivedBytes: 0 }
    this.#calls.set(callId, call)
    const startedAt = new Date(Date.now() - elapsedMs).toISOString()
    const operation = operationNames[event.operation]
    const header = { type: 'capture', version: 1, callId: call.callId, startedAt, endpointName }
    const request = { ...line(event, call, 'request'), operation, contentType, accept, ...textOf(body) }
    this.#write(`${JSON.stringify(header)}\n${JSON.stringify(request)}\n`)
  }

  onResponse(event: EventOf<'onResponse'>): void {
    const { statusCode, contentType, requestId, invokedProductionVariant: variant } = event
    this.#writeEvent(event, 'response', { statusCode, contentType, requestId, variant })
  }

  onResponseBytes(event: EventOf<'onResponseBytes'>): void {
    const { bytes } = event
    const start = this.#calls.get(event.callId)?.receivedBytes
    this.#writeEvent(event, 'part', { start, bytes: base64Of(bytes) }, bytes.length)
  }

  onRetry(event: EventOf<'onRetry'>): void {
    const { attempt, error, delayMs } = event
    this.#writeEvent(event, 'retry', { attempt, code: error.code, delayMs })
  }

  onEnd(event: EventOf<'onEnd'>): void {
    const message = 'The stream was left before its end.'
    if (event.isPartial) this.#writeLast(event, 'error', { code: 'aborted', message, retryable: false })
    else this.#writeLast(event, 'end', {})
  }

  onError(event: EventOf<'onError'>): void {
    const { code, message, retryable, statusCode, originalStatusCode, requestId, logStreamArn, attempts } = event.error
    const originalMessage = event.error.originalMessage ?? event.error.snippet
    this.#writeLast(event, 'error', {
      code,
      message,
      retryable,
      statusCode,
      originalStatusCode,
      originalMessage,
      requestId,
      logStreamArn,
      attempts: attempts.length,
    })
  }

  #writeLast(event: EndpointEvent, type: string, members: object): void {
    this.#writeEvent(event, type, members)
    this.#calls.delete(event.callId)
  }

  #writeEvent(event: EndpointEvent, type: string, members: object, bytes = 0): void {
    const call = this.#calls.get(event.callId)
    // Refused before anything was sent: there is nothing to capture.
    if (call === undefined) return
    call.receivedBytes += bytes
    this.#write(`${JSON.stringify({ ...line(event, call, type), ...members })}\n`)
  }
}

function line({ elapsedMs }: EndpointEvent, { callId }: CapturedCall, type: string): object {
  // To the microsecond, the resolution of the clock.
  return { type, callId, at: Math.round(elapsedMs * 1000) / 1000 }
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

/** A body as text; in base64 as well, if it is not UTF-8. */
function textOf(body: Uint8Array): { readonly body: string; readonly bodyBase64?: string } {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) }
  } catch {
    return { body: new TextDecoder().decode(body), bodyBase64: base64Of(body) }
  }
}
