import { ResponseStream } from '@x/stream-core'
import type { CallOptions } from './call-options.ts'
import { abortedError, closedError } from './call/aborted-error.ts'
import { CallLifetime } from './call/call-lifetime.ts'
import { CallReport } from './call/call-report.ts'
import type { Call } from './call/call.ts'
import { ConcurrencyLimit } from './call/concurrency-limit.ts'
import { joinedSignal } from './call/joined-signal.ts'
import { payloadBatches } from './call/payload-batches.ts'
import { readWhole } from './call/read-whole.ts'
import { retryLimits } from './call/retry-plan.ts'
import type { CallResources } from './call/run-call.ts'
import { timeLimitError, timeLimits } from './call/time-limits.ts'
import { AwsConnection } from './connection/aws-connection.ts'
import type { SagemakerEndpointOptions } from './endpoint-options.ts'
import type { InvokeResult } from './invoke-result.ts'
import { OpenaiTransport } from './openai/openai-transport.ts'
import { closeSessionBody, newSessionBody, type Session, sessionFrom } from './session.ts'
import { checkRequest } from './wire/check-request.ts'
import { type Operation, runtimeRequest } from './wire/runtime-request.ts'
import { RuntimeTransport } from './wire/runtime-transport.ts'

/** Payloads of one chunk from the socket at a time, so that decoding costs one asynchronous step per chunk and none per payload. */
const eachPayload = {
  push: (payloads: readonly Uint8Array[]): readonly Uint8Array[] => payloads,
  flush: (): readonly Uint8Array[] => [],
}

/**
 * One endpoint of SageMaker Runtime. Keeps no connection until it is first called.
 *
 * @example
 * ```ts
 * const endpoint = new SagemakerEndpoint({ endpointName: 'my-llama', region: 'us-east-1' })
 * const { body } = await endpoint.invoke(JSON.stringify({ inputs: 'The capital of France is' }))
 * ```
 */
export class SagemakerEndpoint {
  readonly endpointName: string
  /** How the endpoint is reached. */
  readonly transport: 'invoke' | 'openai'
  readonly #options: SagemakerEndpointOptions
  readonly #resources: CallResources
  readonly #closing = new AbortController()

  constructor(options: SagemakerEndpointOptions) {
    this.endpointName = options.endpointName
    this.transport = options.transport ?? 'invoke'
    this.#options = options
    this.#resources = {
      transport:
        this.transport === 'openai' ? new OpenaiTransport(new AwsConnection(options)) : new RuntimeTransport(options),
      limit: new ConcurrencyLimit(options.maxConcurrency ?? Number.POSITIVE_INFINITY),
    }
  }

  /**
   * Sends a body and reads the whole answer.
   *
   * @throws SagemakerError
   */
  async invoke(body: Uint8Array | string, options: CallOptions = {}): Promise<InvokeResult> {
    return readWhole(this.#call('invoke', body, options, this.#signal(options)), this.#resources)
  }

  /**
   * Sends a body and gives the answer's bytes as they arrive, free of event-stream framing. The parts are SageMaker's: they end anywhere, also within
   * a character.
   *
   * Cold: each subscription or iteration is one request. Leaving it early in any way closes the connection at once. Errors are `SagemakerError`s.
   */
  invokeStream(body: Uint8Array | string, options: CallOptions = {}): ResponseStream<Uint8Array> {
    const open = (left: AbortSignal): AsyncIterable<readonly Uint8Array[]> =>
      payloadBatches(this.#call('invokeStream', body, options, left), this.#resources)
    return ResponseStream.from(open, { signal: this.#signal(options) }).pipeDecoder(() => eachPayload)
  }

  /**
   * Starts a stateful session, on a container that has them.
   *
   * @throws SagemakerError
   */
  async startSession(options: CallOptions = {}): Promise<Session> {
    const { metadata } = await this.invoke(newSessionBody, { ...options, sessionId: 'NEW_SESSION' })
    return sessionFrom(metadata, this.endpointName)
  }

  /**
   * Ends a stateful session and frees what the container holds for it.
   *
   * @param session what `startSession` gave, or its id.
   * @throws SagemakerError
   */
  async closeSession(session: Session | string, options: CallOptions = {}): Promise<void> {
    const sessionId = typeof session === 'string' ? session : session.sessionId
    await this.invoke(closeSessionBody, { ...options, sessionId })
  }

  /** Cancels what runs and waits, and releases the connections of a client that was built here; never a client that was handed in. */
  close(): void {
    this.#closing.abort()
    this.#resources.transport.destroy()
  }

  #call(operation: Operation, body: Uint8Array | string, options: CallOptions, signal: AbortSignal): Call {
    const { endpointName } = this
    const { timeouts, retry, observers = [] } = this.#options
    const request = runtimeRequest(operation, body, this.#options, options)
    checkRequest(request)
    const limits = timeLimits(timeouts, options.timeouts)
    return {
      request,
      limits,
      retry: retryLimits(retry, options.retry),
      lifetime: new CallLifetime(signal, limits.totalMs, () => timeLimitError('totalMs', limits.totalMs, endpointName)),
      report: new CallReport(observers, endpointName, operation),
      onRetry: options.retry?.onRetry ?? retry?.onRetry,
      onResponse: options.onResponse,
    }
  }

  /** What ends a call from outside, with the error that the caller gets as its reason. */
  #signal({ signal }: CallOptions): AbortSignal {
    const closing = this.#closing.signal
    const { endpointName } = this
    return joinedSignal([closing, signal], (reason) =>
      closing.aborted ? closedError(endpointName) : abortedError(endpointName, reason),
    )
  }
}
