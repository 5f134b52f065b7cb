import { type RetryOptions, type SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import type { EmbeddingContentHandler, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import type { BatchLimits } from './batch-limits.ts'
import type { ConcurrencyGovernor, ConcurrencySlot } from './concurrency-governor.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import { failureScope } from './failure-scope.ts'
import { readOutcomes } from './read-outcomes.ts'
import { sizeRefusal } from './size-refusal.ts'
import { splitTexts } from './split-texts.ts'
import { notSent, type TextOutcome } from './text-outcome.ts'

/** What requests are made with. Shared by all calls of one model, so that all profit from what one has learnt. */
export interface TextEmbedderOptions {
  readonly endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'>
  readonly handler: EmbeddingContentHandler
  readonly limits: BatchLimits
  readonly governor: ConcurrencyGovernor
}

/** Sends texts and gets their vectors: in one request if the container takes it, in parts if not. */
export class TextEmbedder {
  readonly #options: TextEmbedderOptions

  constructor(options: TextEmbedderOptions) {
    this.#options = options
  }

  /**
   * What became of each text, in order and as many as texts. With `onError: 'throw'` texts after the first that failed may
   * not have been sent.
   *
   * @throws {SagemakerError} When the failure is not that of single texts.
   */
  async embed(texts: readonly string[], run: EmbeddingRun): Promise<TextOutcome[]> {
    const { limits } = this.#options
    const request = this.#request(texts, run)
    const isTooLarge = texts.length > limits.maxTexts || request.body.length > limits.maxBytes
    if (isTooLarge && texts.length > 1) return this.#embedAtOnce(splitTexts(texts, limits.maxTexts), run)
    try {
      return await this.#send(texts.length, request, run)
    } catch (error) {
      if (!SagemakerError.is(error)) throw error
      return this.#recover(error, texts, request, run)
    }
  }

  async #recover(
    error: SagemakerError,
    texts: readonly string[],
    request: EmbeddingRequest,
    run: EmbeddingRun,
  ): Promise<TextOutcome[]> {
    const scope = failureScope(error.code)
    if (scope === 'call') throw error
    if (texts.length === 1) return [{ error }]
    if (scope === 'request') {
      // It is not known of any one text that it is at fault, so that none can be named.
      if (run.onError === 'throw') throw error
      return texts.map(() => ({ error }))
    }
    const { limits } = this.#options
    const refusal = sizeRefusal(error)
    if (refusal !== undefined) limits.learn(refusal, { texts: texts.length, bytes: request.body.length })
    const parts = splitTexts(texts, limits.maxTexts)
    run.observer.requestSplit(texts.length, parts.length, error, limits)
    return refusal === undefined && run.onError === 'throw'
      ? this.#embedUntilFailure(parts, run)
      : this.#embedAtOnce(parts, run)
  }

  async #embedAtOnce(parts: readonly (readonly string[])[], run: EmbeddingRun): Promise<TextOutcome[]> {
    const outcomes = await Promise.all(parts.map((part) => this.embed(part, run)))
    return outcomes.flat()
  }

  /** One part after the other, because what comes after the first failure is not wanted. */
  async #embedUntilFailure(parts: readonly (readonly string[])[], run: EmbeddingRun): Promise<TextOutcome[]> {
    const outcomes: TextOutcome[] = []
    for (const part of parts) {
      const hasFailed = outcomes.some(({ error }) => error !== undefined)
      outcomes.push(...(hasFailed ? part.map(() => notSent) : await this.embed(part, run)))
    }
    return outcomes
  }

  /** Sends a request when it is its turn, and again if it was throttled and the concurrency has been lowered since. */
  async #send(count: number, request: EmbeddingRequest, run: EmbeddingRun): Promise<TextOutcome[]> {
    for (;;) {
      const slot = await this.#options.governor.acquire(run.signal)
      try {
        return await this.#exchange(count, request, slot, run)
      } catch (error) {
        const isWorthwhile = SagemakerError.is(error) && error.code === 'throttled' && this.#slowDown(slot, run)
        if (!isWorthwhile) throw error
      } finally {
        slot.release()
      }
    }
  }

  async #exchange(
    count: number,
    request: EmbeddingRequest,
    slot: ConcurrencySlot,
    run: EmbeddingRun,
  ): Promise<TextOutcome[]> {
    const { endpoint, handler, governor } = this.#options
    const startedAtMs = performance.now()
    const { body, ...callOptions } = request
    const onRetry: RetryOptions['onRetry'] = (event) => {
      if (event.error.code === 'throttled') this.#slowDown(slot, run)
    }
    const { signal } = run
    const result = await run.observer.within(() =>
      endpoint.invoke(body, { ...callOptions, signal, retry: { onRetry } }),
    )
    const answer = { endpointName: endpoint.endpointName, handler, count, request: body, result }
    const { outcomes, tokens } = readOutcomes(answer, run)
    if (slot.succeeded()) run.observer.concurrencyChanged(governor.concurrency, 'recovered')
    run.observer.requestAnswered({
      texts: count,
      bytes: body.length,
      attempts: result.metadata.attempts,
      requestId: result.metadata.requestId,
      tokens,
      durationMs: performance.now() - startedAtMs,
    })
    return outcomes
  }

  /** Takes note of a throttled request; says whether it makes sense to send it again. */
  #slowDown(slot: ConcurrencySlot, run: EmbeddingRun): boolean {
    const { governor } = this.#options
    const before = governor.concurrency
    const isLower = slot.throttled()
    if (governor.concurrency < before) run.observer.concurrencyChanged(governor.concurrency, 'throttled')
    return isLower
  }

  #request(texts: readonly string[], run: EmbeddingRun): EmbeddingRequest {
    const { handler, endpoint } = this.#options
    try {
      return handler.request(texts, { ...run.call, count: texts.length })
    } catch (cause) {
      if (SagemakerError.is(cause)) throw cause
      const message = `the content handler ${handler.name} could not make a request (endpoint ${endpoint.endpointName}).`
      throw new SagemakerError('invalid-request', message, { endpointName: endpoint.endpointName, cause })
    }
  }
}
