import { SagemakerError } from '../errors/sagemaker-error.ts'
import { type ErrorContext, errorFromAnything } from '../errors/to-error.ts'
import { timeLimitError } from '../options/limits.ts'
import type { BodyListener } from '../wire/body.ts'
import type { RuntimeResponse, Transport } from '../wire/transport.ts'
import { type Call, errorContext } from './call.ts'
import { PayloadQueue, type Payloads } from './payload-queue.ts'
import { Stopwatch } from './stopwatch.ts'

/**
 * One request and its answer: sends, reads, keeps the limits of time, and turns whatever goes wrong into a
 * `SagemakerError`. Whatever ends it early closes its connection at once.
 */
export class Exchange implements BodyListener {
  readonly #call: Call
  readonly #controller = new AbortController()
  readonly #queue = new PayloadQueue()
  readonly #stopwatch: Stopwatch
  readonly #onCallAborted = (): void => this.#interrupt(this.#call.deadline.signal.reason)
  readonly #add: (payload: Uint8Array) => void
  #limit: 'firstByteMs' | 'idleMs' = 'firstByteMs'
  #response: RuntimeResponse | undefined
  #isOpen = false
  #isFlowing = false
  #isOver = false

  constructor(call: Call) {
    this.#call = call
    this.#add = call.report.wants('onResponseBytes') ? (payload) => this.#addObserved(payload) : this.#queue.add
    this.#stopwatch = new Stopwatch((limitMs) =>
      this.#interrupt(timeLimitError(this.#limit, limitMs, call.request.endpointName)),
    )
  }

  /** Bytes of the answer that have arrived, without framing. */
  get bytesReceived(): number {
    return this.#queue.bytesReceived
  }

  /** Sends the request. Resolves at the headers of a 2xx answer. */
  async send(transport: Transport): Promise<RuntimeResponse> {
    const { signal } = this.#call.deadline
    signal.addEventListener('abort', this.#onCallAborted)
    if (signal.aborted) this.#onCallAborted()
    try {
      await this.#queue.unlessFailed(() => transport.load())
      this.#stopwatch.start(this.#call.limits.firstByteMs)
      this.#response = await this.#queue.unlessFailed(() => this.#request(transport))
      return this.#response
    } catch (error) {
      throw this.#fail(error)
    }
  }

  /** The next payloads, at least one; `undefined` at the end of the answer. */
  read(): Promise<Payloads | undefined> {
    const payloads = this.#queue.take()
    if (this.#queue.isWaiting) this.#flow()
    return payloads
  }

  /** Closes the connection, unless the answer has ended. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#release()
    // Node keeps the connection of a request that is destroyed in the tick in which it was made; later it closes it.
    setImmediate(() => this.#controller.abort())
    this.#response?.body.destroy()
  }

  async #request(transport: Transport): Promise<RuntimeResponse> {
    const { limits, request, isRepeatable } = this.#call
    const options = { signal: this.#controller.signal, connectMs: limits.connectMs, isRepeatable }
    const response = await transport.send(request, options)
    // It may arrive after the exchange has ended.
    if (this.#isOver) response.body.destroy()
    return response
  }

  /** Lets the body flow, and counts the time until it does. */
  #flow(): void {
    const { body } = this.#response as RuntimeResponse
    if (this.#limit === 'idleMs') this.#stopwatch.start(this.#call.limits.idleMs)
    if (this.#isFlowing) return
    this.#isFlowing = true
    if (this.#isOpen) {
      body.resume()
      return
    }
    this.#isOpen = true
    body.open(this)
  }

  readonly onChunk = (chunk: Uint8Array): void => {
    if (this.#isOver || chunk.length === 0) return
    const { body, decoder } = this.#response as RuntimeResponse
    const before = this.bytesReceived
    try {
      if (decoder === undefined) this.#add(chunk)
      else decoder.pushEach(chunk, this.#add)
    } catch (error) {
      this.#fail(error)
      return
    }
    // Framing without payload is no sign of life: it would keep a call alive that never says anything.
    if (this.bytesReceived === before) return
    if (this.bytesReceived > this.#call.maxResponseBytes) {
      this.#fail(tooLargeError(this.#call, this.bytesReceived))
      return
    }
    this.#limit = 'idleMs'
    this.#queue.deliver()
    if (this.#queue.isWaiting) this.#stopwatch.start(this.#call.limits.idleMs)
    else {
      this.#stopwatch.pause()
      if (this.#queue.isFull) {
        this.#isFlowing = false
        body.pause()
      }
    }
  }

  #addObserved(bytes: Uint8Array): void {
    this.#queue.add(bytes)
    if (bytes.length > 0) this.#call.report.tell('onResponseBytes', () => ({ bytes }))
  }

  readonly onEnd = (): void => {
    if (this.#isOver) return
    try {
      this.#response?.decoder?.flush()
    } catch (error) {
      this.#fail(error)
      return
    }
    this.#isOver = true
    this.#release()
    this.#queue.end()
  }

  readonly onError = (error: unknown): void => {
    if (!this.#isOver) this.#fail(error)
  }

  /**
   * Ends the exchange from outside: what has arrived and waits is dropped. A consumer who leaves need not give an error
   * of ours.
   */
  #interrupt(reason: unknown): void {
    const { request: _, action: __, ...known } = this.#context()
    this.#queue.clear()
    this.close()
    this.#queue.fail(SagemakerError.is(reason) ? reason.with(known) : reason)
  }

  /** Ends the exchange; what was decoded before the failure is delivered before it. */
  #fail(error: unknown): unknown {
    const reported = this.#queue.failure ?? { error: errorFromAnything(error, this.#context()) }
    this.close()
    this.#queue.fail(reported.error)
    return reported.error
  }

  #context(): ErrorContext {
    const answer = this.#response
    return {
      ...errorContext(this.#call),
      ...(answer && { statusCode: answer.statusCode, requestId: answer.headers['x-amzn-requestid'] }),
      ...(this.bytesReceived > 0 && { partial: { bytesReceived: this.bytesReceived } }),
    }
  }

  #release(): void {
    this.#stopwatch.stop()
    this.#call.deadline.signal.removeEventListener('abort', this.#onCallAborted)
  }
}

/** Whole responses are kept in memory, so that they need a limit. */
function tooLargeError({ request, maxResponseBytes }: Call, bytesReceived: number): SagemakerError {
  const { endpointName } = request
  const text = `the response has more than maxResponseBytes of ${maxResponseBytes} (endpoint ${endpointName}). Raise it, or stream the response.`
  return new SagemakerError('unexpected-response', text, { endpointName, partial: { bytesReceived } })
}
