import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { Transport } from '../wire/transport.ts'
import type { Call } from './call.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import { type OpenAnswer, openAnswer } from './open-response.ts'
import type { Payloads } from './payload-queue.ts'

/** What calls of one endpoint share. */
export interface CallResources {
  readonly transport: Transport
  readonly limit: ConcurrencyLimit
}

/** One call from its start to its end: the payloads of its answer. Whatever ends it gives back what it holds, once. */
export class CallRun implements AsyncIterator<Payloads, undefined> {
  readonly #call: Call
  readonly #resources: CallResources
  #answer: OpenAnswer | undefined
  #release: (() => void) | undefined
  #isOver = false

  constructor(call: Call, resources: CallResources) {
    this.#call = call
    this.#resources = resources
  }

  /** Makes the call at the first time. Every later one costs two promises, so that a stream of small parts is cheap. */
  next(): Promise<IteratorResult<Payloads, undefined>> {
    const payloads = this.#answer === undefined ? this.#open() : this.#answer.exchange.read()
    return payloads.then(this.#onPayloads, this.#onFailure)
  }

  /** Ends the call early, if nothing else has. */
  return(): Promise<IteratorResult<Payloads, undefined>> {
    this.#fail(this.#call.lifetime.signal.reason)
    return Promise.resolve({ done: true, value: undefined })
  }

  /** The answer, once something of it was read. */
  get answer(): OpenAnswer | undefined {
    return this.#answer
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
    const { lifetime, report } = this.#call
    const release = await this.#resources.limit.acquire(lifetime.signal)
    this.#release = release
    // Left while it waited: nobody else gives the place back.
    if (this.#isOver) release()
    this.#answer = await openAnswer(this.#call, this.#resources.transport, report.elapsedMs())
    return this.#answer.first
  }

  /** Any other reason than a `SagemakerError` is that of a consumer who has left, and whom nothing reaches any more. */
  #fail(reason: unknown): unknown {
    if (!SagemakerError.is(reason)) {
      this.#finish(() => this.#tellEnd(true))
      return reason
    }
    const attempts = this.#answer?.attemptsWith(reason)
    const error = attempts === undefined ? reason : reason.with({ attempts })
    this.#finish(() => this.#tellError(error))
    return error
  }

  #finish(tell: () => void): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#answer?.exchange.close()
    this.#release?.()
    this.#call.lifetime.end()
    tell()
  }

  #tellEnd(isPartial: boolean): void {
    this.#call.report.tell('onEnd', () => ({ bytesReceived: this.#bytesReceived(), isPartial }))
  }

  #tellError(error: SagemakerError): void {
    this.#call.report.tell('onError', () => ({ error, bytesReceived: this.#bytesReceived() }))
  }

  #bytesReceived(): number {
    return this.#answer?.exchange.bytesReceived ?? 0
  }
}
