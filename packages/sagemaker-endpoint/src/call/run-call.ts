import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { ResponseMetadata } from '../response-metadata.ts'
import type { Transport } from '../wire/transport.ts'
import type { Call } from './call.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import { type OpenAnswer, openAnswer } from './open-answer.ts'

/** What calls of one endpoint share. */
export interface CallResources {
  readonly transport: Transport
  readonly limit: ConcurrencyLimit
}

/** One call from its start to its end, read payload by payload. Whatever ends it gives back what it holds, once. */
export class CallRun {
  readonly #call: Call
  readonly #resources: CallResources
  #answer: OpenAnswer | undefined
  #isFirstTaken = false
  #release: (() => void) | undefined
  #isOver = false

  constructor(call: Call, resources: CallResources) {
    this.#call = call
    this.#resources = resources
  }

  /** The next payloads, at least one; `undefined` at the end. Makes the call at the first time. */
  async read(): Promise<readonly Uint8Array[] | undefined> {
    try {
      const payloads = await this.#readOn()
      if (payloads === undefined) this.#finish(() => this.#tellEnd(false))
      return payloads
    } catch (reason) {
      throw this.#fail(reason)
    }
  }

  /** Ends the call early, if nothing else has. */
  leave(): void {
    this.#fail(this.#call.lifetime.signal.reason)
  }

  /** What is known about the answer once something of it was read. */
  get metadata(): ResponseMetadata | undefined {
    return this.#answer?.metadata
  }

  async #readOn(): Promise<readonly Uint8Array[] | undefined> {
    this.#answer ??= await this.#open()
    if (this.#isFirstTaken) return this.#answer.exchange.read()
    this.#isFirstTaken = true
    return this.#answer.first
  }

  async #open(): Promise<OpenAnswer> {
    const { lifetime, report } = this.#call
    this.#release = await this.#resources.limit.acquire(lifetime.signal)
    return openAnswer(this.#call, this.#resources.transport, report.elapsedMs())
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
