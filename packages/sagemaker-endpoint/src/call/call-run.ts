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
  #response: OpenResponse | undefined
  #slot: ConcurrencySlot | undefined
  #isOver = false

  constructor(call: Call, transport: Transport, governor: ConcurrencyGovernor | undefined) {
    this.#call = call
    this.#transport = transport
    this.#governor = governor
  }

  /** The first call sends the request. Each later one costs two promises, which keeps a stream of small parts cheap. */
  next(): Promise<IteratorResult<Payloads, undefined>> {
    const payloads = this.#response === undefined ? this.#open() : this.#response.exchange.read()
    return payloads.then(this.#onPayloads, this.#onFailure)
  }

  /** Ends the call early, if nothing else has. */
  return(): Promise<IteratorResult<Payloads, undefined>> {
    this.#fail(this.#call.deadline.signal.reason)
    return Promise.resolve({ done: true, value: undefined })
  }

  /** The response. Ask only after `next()` has resolved. */
  get response(): OpenResponse {
    return this.#response as OpenResponse
  }

  /** Milliseconds since the call began. */
  elapsedMs(): number {
    return this.#call.report.elapsedMs()
  }

  readonly #onPayloads = (payloads: Payloads | undefined): IteratorResult<Payloads, undefined> => {
    if (payloads !== undefined) return { done: false, value: payloads }
    this.#finish(() => this.#tellEnd(false))
    return { done: true, value: undefined }
  }

  readonly #onFailure = (reason: unknown): never => {
    throw this.#fail(reason)
  }

  /** Opens the answer and gives the first payloads of it. */
  async #open(): Promise<Payloads | undefined> {
    if (this.#governor !== undefined) await this.#acquireSlot(this.#governor)
    const { within } = this.#call.options
    const queuedMs = this.#call.report.elapsedMs()
    const open = () => openResponse(this.#call, this.#transport, queuedMs, this.#onFailedAttempt)
    this.#response = await (within === undefined ? open() : within(open))
    this.#slot?.succeeded()
    return this.#response.first
  }

  async #acquireSlot(governor: ConcurrencyGovernor): Promise<void> {
    const slot = governor.tryAcquire() ?? (await governor.acquire(this.#call.deadline.signal))
    // Left while it waited: nothing else releases the slot.
    if (this.#isOver) slot.release()
    else this.#slot = slot
  }

  readonly #onFailedAttempt = ({ code }: SagemakerError): void => {
    if (code === 'throttled') this.#slot?.throttled()
  }

  /** Any other reason than a `SagemakerError` is that of a consumer who has left, and whom nothing reaches any more. */
  #fail(reason: unknown): unknown {
    if (!SagemakerError.is(reason)) {
      this.#finish(() => this.#tellEnd(true))
      return reason
    }
    const attempts = this.#response?.attemptsWith(reason)
    const error = attempts === undefined ? reason : reason.with({ attempts })
    this.#finish(() => this.#tellError(error))
    return error
  }

  #finish(tell: () => void): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#response?.exchange.close()
    this.#slot?.release()
    this.#call.deadline.end()
    tell()
  }

  #tellEnd(isPartial: boolean): void {
    this.#call.report.tell('onEnd', () => ({ bytesReceived: this.#bytesReceived(), isPartial }))
  }

  #tellError(error: SagemakerError): void {
    this.#call.report.tell('onError', () => ({ error, bytesReceived: this.#bytesReceived() }))
  }

  #bytesReceived(): number {
    return this.#response?.exchange.bytesReceived ?? 0
  }
}
