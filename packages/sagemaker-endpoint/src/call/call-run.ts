import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { Transport } from '../wire/transport.ts'
import type { Call } from './call.ts'
import type { ConcurrencyGovernor, ConcurrencySlot } from './concurrency-governor.ts'
import { type OpenResponse, openResponse } from './open-response.ts'
import type { Payloads } from './payload-queue.ts'

/** One call from start to end: the payloads of its response. Releases its resources exactly once, however it ends. */
export class CallRun implements AsyncIterator<Payloads, undefined> {
  readonly #call: Call
  readonly #transport: Transport
  readonly #governor: ConcurrencyGovernor | undefined
  #exchange: OpenResponse['exchange'] | undefined
  #attemptsWith: OpenResponse['attemptsWith'] | undefined
  #slot: ConcurrencySlot | undefined
  #isOver = false

  constructor(call: Call, transport: Transport, governor: ConcurrencyGovernor | undefined) {
    this.#call = call
    this.#transport = transport
    this.#governor = governor
  }

  /** Sends the request, and resolves when the first payloads have arrived. */
  async open(): Promise<OpenResponse> {
    try {
      if (this.#governor !== undefined) await this.#acquireSlot(this.#governor)
      const { within } = this.#call.options
      const queuedMs = this.#call.report.elapsedMs()
      const open = () => openResponse(this.#call, this.#transport, queuedMs, (error) => this.#noteFailedAttempt(error))
      const response = await (within === undefined ? open() : within(open))
      this.#exchange = response.exchange
      this.#attemptsWith = response.attemptsWith
      this.#slot?.succeeded()
      return response
    } catch (reason) {
      throw this.#fail(reason)
    }
  }

  /** Opens the response if nothing has. Each later call costs two promises, which keeps a stream of small parts cheap. */
  next(): Promise<IteratorResult<Payloads, undefined>> {
    if (this.#exchange === undefined) return this.open().then(({ first }) => this.#onPayloads(first))
    return this.#exchange.read().then(this.#onPayloads, this.#onFailure)
  }

  /** Ends the call early, if nothing else has. */
  return(): Promise<IteratorResult<Payloads, undefined>> {
    this.#fail(this.#call.deadline.signal.reason)
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Milliseconds since the call began. */
  elapsedMs(): number {
    return this.#call.report.elapsedMs()
  }

  readonly #onPayloads = (payloads: Payloads | undefined): IteratorResult<Payloads, undefined> => {
    if (payloads !== undefined) return { done: false, value: payloads }
    this.#finish({ isPartial: false })
    return { done: true, value: undefined }
  }

  readonly #onFailure = (reason: unknown): never => {
    throw this.#fail(reason)
  }

  async #acquireSlot(governor: ConcurrencyGovernor): Promise<void> {
    const slot = governor.tryAcquire() ?? (await governor.acquire(this.#call.deadline.signal))
    // Left while it waited: nothing else releases the slot.
    if (this.#isOver) slot.release()
    else this.#slot = slot
  }

  #noteFailedAttempt({ code }: SagemakerError): void {
    if (code === 'throttled') this.#slot?.throttled()
  }

  /** Any other reason than a `SagemakerError` is that of a consumer who has left, and whom nothing reaches any more. */
  #fail(reason: unknown): unknown {
    if (!SagemakerError.is(reason)) {
      this.#finish({ isPartial: true })
      return reason
    }
    const attempts = this.#attemptsWith?.(reason)
    const error = attempts === undefined ? reason : reason.with({ attempts })
    this.#finish({ error })
    return error
  }

  #finish(outcome: { readonly isPartial: boolean } | { readonly error: SagemakerError }): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#exchange?.close()
    this.#slot?.release()
    const { deadline, report } = this.#call
    deadline.end?.()
    const bytesReceived = this.#exchange?.bytesReceived ?? 0
    if ('error' in outcome) report.tell('onError', () => ({ ...outcome, bytesReceived }))
    else report.tell('onEnd', () => ({ ...outcome, bytesReceived }))
  }
}
