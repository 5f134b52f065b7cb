import { StreamDecodeError } from '@x/stream-core/decoders'
import { errorFromException } from '../errors/error-from-exception.ts'
import { errorFromFailure } from '../errors/error-from-failure.ts'
import type { ErrorContext } from '../errors/error-context.ts'
import { brokenOff, damaged } from '../errors/stream-errors.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import { ReportedFailure } from '../wire/reported-failure.ts'
import type { RuntimeAnswer, Transport } from '../wire/transport.ts'
import { type Call, errorContext } from './call.ts'
import { Stopwatch } from './stopwatch.ts'
import { timeLimitError } from './time-limits.ts'

/**
 * One request and its answer: sends, reads, keeps the limits of time, and turns whatever goes wrong into a `SagemakerError`.
 * Whatever ends it early closes its connection at once.
 */
export class Exchange {
  /** Bytes of the answer, without framing, that have been handed out. */
  bytesReceived = 0
  readonly #call: Call
  readonly #controller = new AbortController()
  readonly #stopwatch: Stopwatch
  readonly #onCallAborted = (): void => this.#interrupt(this.#call.lifetime.signal.reason)
  #limit: 'firstByteMs' | 'idleMs' = 'firstByteMs'
  #answer: RuntimeAnswer | undefined
  #reject: ((error: unknown) => void) | undefined
  /** Why nothing more is read. */
  #failure: { readonly error: unknown } | undefined
  #isOver = false

  constructor(call: Call) {
    this.#call = call
    this.#stopwatch = new Stopwatch((limitMs) =>
      this.#interrupt(timeLimitError(this.#limit, limitMs, call.request.endpointName)),
    )
  }

  /** Sends the request. Resolves at the headers of a 2xx answer. */
  async send(transport: Transport): Promise<RuntimeAnswer> {
    const { lifetime, limits, request } = this.#call
    const { signal } = lifetime
    signal.addEventListener('abort', this.#onCallAborted)
    if (signal.aborted) this.#onCallAborted()
    try {
      await this.#unlessInterrupted(() => transport.load())
      this.#stopwatch.start(limits.firstByteMs)
      const options = { signal: this.#controller.signal, connectMs: limits.connectMs }
      this.#answer = await this.#unlessInterrupted(() => transport.send(request, options))
      return this.#answer
    } catch (error) {
      throw this.#fail(error)
    }
  }

  /** The next payloads, at least one; `undefined` at the end of the answer. */
  async read(): Promise<readonly Uint8Array[] | undefined> {
    const payloads: Uint8Array[] = []
    while (payloads.length === 0) {
      if (this.#failure !== undefined) throw this.#failure.error
      if (this.#isOver || this.#answer === undefined) return undefined
      await this.#readChunk(this.#answer, payloads)
    }
    return payloads
  }

  /** Closes the connection, unless the answer has ended. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#release()
    this.#controller.abort()
    this.#answer?.destroy()
  }

  async #readChunk(answer: RuntimeAnswer, payloads: Uint8Array[]): Promise<void> {
    const collect = (payload: Uint8Array): void => {
      this.bytesReceived += payload.length
      payloads.push(payload)
    }
    try {
      if (this.#limit === 'idleMs') this.#stopwatch.start(this.#call.limits.idleMs)
      const next = await this.#unlessInterrupted(() => answer.chunks.next())
      if (next.done === true) {
        for (const payload of answer.decoder.flush()) collect(payload)
        this.#isOver = true
        this.#release()
      } else if (next.value.length > 0) {
        this.#limit = 'idleMs'
        this.#stopwatch.pause()
        if (answer.decoder.pushEach) answer.decoder.pushEach(next.value, collect)
        else for (const payload of answer.decoder.push(next.value)) collect(payload)
      }
    } catch (error) {
      // What was decoded before the failure is handed out before it.
      this.#failure = { error: this.#fail(error) }
    }
  }

  #unlessInterrupted<T>(start: () => PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure.error)
        return
      }
      this.#reject = reject
      start().then(resolve, reject)
    })
  }

  #interrupt(reason: unknown): void {
    const { request: _, ...known } = this.#context()
    this.#failure ??= { error: SagemakerError.is(reason) ? reason.with(known) : reason }
    this.close()
    this.#reject?.(this.#failure.error)
  }

  #fail(error: unknown): unknown {
    const reported = this.#failure?.error ?? this.#explain(error)
    this.close()
    return reported
  }

  #explain(error: unknown): SagemakerError {
    const context = this.#context()
    if (error instanceof ReportedFailure) return errorFromFailure(error.failure, context)
    if (StreamDecodeError.is(error)) return damaged(error, context)
    return this.bytesReceived > 0 ? brokenOff(error, context) : errorFromException(error, context)
  }

  #context(): ErrorContext {
    const answer = this.#answer
    return {
      ...errorContext(this.#call),
      ...(answer && { statusCode: answer.statusCode, requestId: answer.headers['x-amzn-requestid'] }),
      ...(this.bytesReceived > 0 && { partial: { bytesReceived: this.bytesReceived } }),
    }
  }

  #release(): void {
    this.#stopwatch.stop()
    this.#call.lifetime.signal.removeEventListener('abort', this.#onCallAborted)
  }
}
