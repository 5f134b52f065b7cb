import { ResponseStream } from '@x/stream-core/response-stream'
import type { CallInput } from './call/call.ts'
import type { EndpointCalls } from './call/endpoint-calls.ts'
import { type Session, closeSessionBody, newSessionBody, sessionFrom } from './call/session.ts'
import type { SagemakerError } from './errors/sagemaker-error.ts'
import type { CallOptions } from './options/call-options.ts'
import type { SagemakerEndpointOptions } from './options/endpoint-options.ts'
import type { InvokeAsyncInput } from './options/invoke-async-input.ts'
import type { InvokeAsyncResult, InvokeResult } from './options/invoke-result.ts'
import { checkNumbers, checkResourceName } from './options/limits.ts'
import { withLoopbackDefaults } from './options/loopback.ts'
import { abortedError, closedError, joinedSignal } from './signals.ts'

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
  /** Name of the endpoint. */
  readonly endpointName: string
  /** How the endpoint is reached. */
  readonly transport: 'invoke' | 'openai'
  readonly #options: SagemakerEndpointOptions
  readonly #closing = new AbortController()
  #calls: Promise<EndpointCalls> | undefined

  /** @throws {SagemakerError} with code `invalid-request` for a name that no endpoint can have, or a `maxConcurrency` below 1. */
  constructor(options: SagemakerEndpointOptions) {
    const { endpointName, transport = 'invoke', maxConcurrency = Number.POSITIVE_INFINITY } = options
    checkResourceName('endpointName', endpointName)
    if (maxConcurrency !== 'adaptive') checkNumbers({ maxConcurrency }, 1)
    this.endpointName = endpointName
    this.transport = transport
    this.#options = withLoopbackDefaults(options)
  }

  /**
   * Sends a body and reads the whole answer.
   *
   * @throws {SagemakerError}
   */
  async invoke(body: Uint8Array | string, options: CallOptions = {}): Promise<InvokeResult> {
    const input = this.#input(body, options, this.#signal(options))
    return (await this.#load()).invoke(input)
  }

  /**
   * Sends a body and gives the answer's bytes as they arrive, free of event-stream framing. The parts are SageMaker's:
   * they end anywhere, also within a character.
   *
   * Cold: each subscription or iteration is one request. Leaving it early in any way closes the connection at once.
   * Errors are `SagemakerError`s.
   */
  invokeStream(body: Uint8Array | string, options: CallOptions = {}): ResponseStream<Uint8Array> {
    const open = async (left: AbortSignal): Promise<AsyncIterable<readonly Uint8Array[]>> => {
      const input = this.#input(body, options, left)
      return (await this.#load()).invokeStream(input)
    }
    return ResponseStream.fromBatches(open, { signal: this.#signal(options) })
  }

  /**
   * Queues a request at an asynchronous endpoint. Resolves when the request is accepted, before the container sees it;
   * answer or error are written to S3, where the caller fetches them.
   *
   * @param options - only `customAttributes` and `inferenceId` of the routing options are available.
   * @throws {SagemakerError}
   */
  async invokeAsync(input: InvokeAsyncInput, options: CallOptions = {}): Promise<InvokeAsyncResult> {
    const call = this.#input(input.body ?? '', options, this.#signal(options))
    return (await this.#load()).invokeAsync({ ...call, asyncInput: input })
  }

  /**
   * Starts a stateful session, on a container that has them.
   *
   * @throws {SagemakerError}
   */
  async startSession(options: CallOptions = {}): Promise<Session> {
    const { metadata } = await this.invoke(newSessionBody, { ...options, sessionId: 'NEW_SESSION' })
    return sessionFrom(metadata, this.endpointName)
  }

  /**
   * Ends a stateful session and frees what the container holds for it.
   *
   * @param session - what `startSession` gave, or its id.
   * @throws {SagemakerError}
   */
  async closeSession(session: Session | string, options: CallOptions = {}): Promise<void> {
    const sessionId = typeof session === 'string' ? session : session.sessionId
    await this.invoke(closeSessionBody, { ...options, sessionId })
  }

  /**
   * Cancels what runs and waits, and releases the connections of a client that was built here; never a client that was
   * passed in.
   */
  close(): void {
    this.#closing.abort(closedError(this.endpointName))
    this.#calls?.then(
      (calls) => calls.destroy(),
      () => {},
    )
  }

  #input(body: Uint8Array | string, options: CallOptions, signal: AbortSignal): CallInput {
    return { body, options, signal, startedAt: performance.now() }
  }

  #load(): Promise<EndpointCalls> {
    this.#calls ??= import('./call/endpoint-calls.ts').then(({ EndpointCalls }) => EndpointCalls.load(this.#options))
    return this.#calls
  }

  /** What ends a call from outside, with the error that the caller gets as its reason. */
  #signal({ signal }: CallOptions): AbortSignal {
    const closing = this.#closing.signal
    if (signal === undefined) return closing
    return joinedSignal([closing, signal], (reason) =>
      closing.aborted ? (closing.reason as SagemakerError) : abortedError(this.endpointName, reason),
    )
  }
}
