import { abortedError } from '../../signals.ts'
import type { RetryOptions } from '../../options/endpoint-options.ts'
import { SagemakerError } from '../../errors/sagemaker-error.ts'
import type { InvokeResult } from '../../options/invoke-result.ts'
import type { SagemakerEndpoint } from '../../sagemaker-endpoint.ts'
import type { BatchRequest } from './batch-codec.ts'
import type { BatchLimits } from './batch-limits.ts'
import { noObserver, type BatchObserver } from './batch-observer.ts'
import type { BatchRun } from './batch-run.ts'
import type { ConcurrencyGovernor, ConcurrencySlot } from '../../call/concurrency-governor.ts'
import type { Outcome } from './outcome.ts'

/** State that all calls of one model share, so that every call uses what others have learnt about the endpoint. */
export interface SharedModelState {
  readonly endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'>
  readonly limits: BatchLimits
  readonly governor: ConcurrencyGovernor
}

/** Sends the requests of one call, as many at a time as the endpoint accepts. */
export class RequestSender<Item, Result> {
  readonly #shared: SharedModelState
  readonly #run: BatchRun<Item, Result>
  readonly #observer: BatchObserver
  #failure: SagemakerError | undefined

  constructor(shared: SharedModelState, run: BatchRun<Item, Result>) {
    this.#shared = shared
    this.#run = run
    this.#observer = run.observer ?? noObserver
  }

  /** Ends the call: requests that have not been sent yet fail with this error. */
  endWith(failure: SagemakerError): void {
    this.#failure ??= failure
  }

  /**
   * Sends a request once a place in flight is free, and again if it was throttled and the concurrency has been lowered since.
   *
   * @returns `undefined` if the limits were lowered while the request waited, and it is now too large.
   * @throws {SagemakerError} if the request fails, or its response cannot be read.
   */
  async send(items: readonly Item[], request: BatchRequest): Promise<readonly Outcome<Result>[] | undefined> {
    const { governor, limits } = this.#shared
    for (;;) {
      const slot = governor.tryAcquire() ?? (await this.#turn())
      try {
        if (this.#failure !== undefined) throw this.#failure
        if (this.#isSplittable && limits.isExceededBy({ items: items.length, bytes: request.body.length }))
          return undefined
        return await this.#exchange(items, request, slot)
      } catch (error) {
        const isWorthwhile = SagemakerError.is(error) && error.code === 'throttled' && this.#slowDown(slot)
        if (!isWorthwhile) throw error
      } finally {
        slot.release()
      }
    }
  }

  get #isSplittable(): boolean {
    return this.#run.codec.splittable ?? true
  }

  async #turn(): Promise<ConcurrencySlot> {
    const { signal } = this.#run
    try {
      return await this.#shared.governor.acquire(signal)
    } catch (cause) {
      throw SagemakerError.is(cause) ? cause : abortedError(this.#shared.endpoint.endpointName, cause)
    }
  }

  async #exchange(
    items: readonly Item[],
    request: BatchRequest,
    slot: ConcurrencySlot,
  ): Promise<readonly Outcome<Result>[]> {
    const { limits, governor } = this.#shared
    const { codec } = this.#run
    const startedAtMs = performance.now()
    let sent = request
    let response: InvokeResult
    try {
      response = await this.#post(request, slot)
    } catch (error) {
      const alternative = SagemakerError.is(error) ? codec.alternative?.(error, items) : undefined
      if (alternative === undefined) throw error
      sent = alternative
      response = await this.#post(alternative, slot).catch((failure: unknown) => {
        // The first error is about the format that was meant.
        throw SagemakerError.is(failure) && failure.code === 'invalid-request' ? error : failure
      })
    }
    const { outcomes, tokens } = codec.read(response, items, sent)
    limits.noteAnswered(items.length)
    if (slot.succeeded()) {
      this.#observer.concurrencyChanged({ concurrency: governor.concurrency, reason: 'recovered' })
    }
    this.#observer.requestAnswered({
      items: items.length,
      bytes: sent.body.length,
      attempts: response.metadata.attempts,
      requestId: response.metadata.requestId,
      tokens,
      durationMs: performance.now() - startedAtMs,
    })
    return outcomes
  }

  #post(request: BatchRequest, slot: ConcurrencySlot): Promise<InvokeResult> {
    const { signal, callOptions } = this.#run
    const { body, contentType, accept, customAttributes = callOptions?.customAttributes } = request
    const options = { ...callOptions, contentType, accept, customAttributes, signal, retry: this.#retry(slot) }
    return this.#observer.within(() => this.#shared.endpoint.invoke(body, options))
  }

  /** The caller's retry options, with a hook that lowers the concurrency when an attempt is throttled. */
  #retry(slot: ConcurrencySlot): RetryOptions {
    const retry = this.#run.callOptions?.retry
    return {
      ...retry,
      onRetry: (event) => {
        if (event.error.code === 'throttled') this.#slowDown(slot)
        return retry?.onRetry?.(event)
      },
    }
  }

  /** Lowers the concurrency; returns whether to send the request again. */
  #slowDown(slot: ConcurrencySlot): boolean {
    const { governor } = this.#shared
    const before = governor.concurrency
    const isWorthwhile = slot.throttled()
    if (governor.concurrency < before) {
      this.#observer.concurrencyChanged({ concurrency: governor.concurrency, reason: 'throttled' })
    }
    return isWorthwhile
  }
}
