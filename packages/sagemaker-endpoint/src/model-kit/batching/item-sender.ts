import { SagemakerError } from '../../errors/sagemaker-error.ts'
import type { BatchSize } from './batch-limits.ts'
import type { BatchRun } from './batch-run.ts'
import type { Outcomes } from './outcome.ts'
import { isAboutItems, refusalScope, sizeRefusal, splitItems } from './refusals.ts'
import { RequestSender, type SharedModelState } from './request-sender.ts'

/** Refusals in a row that are attributed to items before the request itself is checked again. */
const refusalsPerProof = 4

/**
 * Gets an outcome for each item of one call, with one request if the container accepts all items at once, with several if it
 * does not.
 *
 * A refused request is divided until each bad item is the only one in its request, which takes at most 2 log2(n) requests per bad
 * item. But a refusal can also be about the request: an unknown parameter, a container that is down. Until the container has
 * accepted a request of this call, the codec's probe tells the two apart.
 */
export class ItemSender<Item, Result> {
  readonly #shared: SharedModelState
  readonly #run: BatchRun<Item, Result>
  readonly #probe: Item | undefined
  readonly #requests: RequestSender<Item, Result>
  /** Refusals left that are attributed to items. */
  #trust = 1
  /** The first refusal since the container last accepted a request of this call. */
  #firstRefusal: SagemakerError | undefined
  #probing: Promise<boolean> | undefined

  /** @param probe - without it, every refusal is attributed to items. */
  constructor(shared: SharedModelState, run: BatchRun<Item, Result>, probe?: Item) {
    this.#shared = shared
    this.#run = run
    this.#probe = probe
    this.#requests = new RequestSender(shared, run)
  }

  /**
   * Returns the outcome of each item, in order. With `onError: 'throw'`, items after the first failure may not have been sent.
   *
   * @throws {SagemakerError} if the failure is not about single items.
   */
  async send(items: readonly Item[]): Promise<Outcomes<Result>> {
    const { limits } = this.#shared
    const request = this.#run.codec.request(items)
    const size = { items: items.length, bytes: request.body.length }
    if (!limits.isExceededBy(size)) {
      try {
        const outcomes = await this.#requests.send(items, request)
        if (outcomes !== undefined) {
          this.#noteAccepted()
          return outcomes
        }
      } catch (error) {
        if (!SagemakerError.is(error)) throw error
        return this.#recover(error, items, size)
      }
    }
    if (!this.#isSplittable) throw this.#tooLarge(size)
    return this.#sendAtOnce(splitItems(items, limits.maxItems))
  }

  async #recover(error: SagemakerError, items: readonly Item[], size: BatchSize): Promise<Outcomes<Result>> {
    const scope = refusalScope(error)
    if (scope === 'call' || !this.#isSplittable) return this.#endWith(error)
    if (scope === 'request') {
      if (items.length === 1) return [{ error }]
      // The failure says nothing about single items, so none is named.
      if (this.#run.onError === 'throw') throw error
      return items.map(() => ({ error }))
    }
    this.#firstRefusal ??= error
    if (await this.#isAboutRequest(error)) return this.#endWith(this.#firstRefusal)
    if (items.length === 1) return [{ error }]
    return this.#divide(error, items, size)
  }

  #noteAccepted(): void {
    this.#trust = refusalsPerProof
    this.#firstRefusal = undefined
  }

  #endWith(error: SagemakerError): never {
    this.#requests.endWith(error)
    throw error
  }

  async #divide(error: SagemakerError, items: readonly Item[], size: BatchSize): Promise<Outcomes<Result>> {
    const { limits } = this.#shared
    const refusal = sizeRefusal(error)
    if (refusal !== undefined) limits.learnFromRefusal(refusal, size)
    const parts = splitItems(items, limits.maxItems)
    const { maxItems, maxBytes } = limits
    this.#run.observer?.requestSplit({ items: items.length, parts: parts.length, error, maxItems, maxBytes })
    const isInOrder = refusal === undefined && this.#run.onError === 'throw'
    const outcomes = await (isInOrder ? this.#sendUntilFailure(parts) : this.#sendAtOnce(parts))
    if (refusal === undefined && outcomes.every((outcome) => outcome?.result !== undefined)) {
      limits.learnFromParts(Math.max(...parts.map((part) => part.length)))
    }
    return outcomes
  }

  async #sendAtOnce(parts: readonly (readonly Item[])[]): Promise<Outcomes<Result>> {
    const outcomes = await Promise.all(parts.map((part) => this.send(part)))
    return outcomes.flat()
  }

  /** Sends one part after the other, because outcomes after the first failure are not needed. */
  async #sendUntilFailure(parts: readonly (readonly Item[])[]): Promise<Outcomes<Result>> {
    const outcomes: Outcomes<Result>[number][] = []
    for (const part of parts) {
      const hasFailed = outcomes.some((outcome) => outcome?.error !== undefined)
      outcomes.push(...(hasFailed ? part.map(() => undefined) : await this.send(part)))
    }
    return outcomes
  }

  /** Whether any items would be refused. Sends the probe unless the container accepted a request recently. */
  async #isAboutRequest(error: SagemakerError): Promise<boolean> {
    if (this.#probe === undefined || isAboutItems(error)) return false
    if (this.#trust > 0) {
      this.#trust--
      return false
    }
    this.#probing ??= this.#isRefused(this.#probe)
    const isRefused = await this.#probing
    this.#probing = undefined
    return isRefused
  }

  async #isRefused(probe: Item): Promise<boolean> {
    try {
      await this.#requests.send([probe], this.#run.codec.request([probe]))
      this.#noteAccepted()
      return false
    } catch (error) {
      const scope = SagemakerError.is(error) ? refusalScope(error) : 'call'
      if (scope === 'call') throw error
      // A probe without an answer proves nothing.
      return scope === 'items'
    }
  }

  get #isSplittable(): boolean {
    return this.#run.codec.splittable ?? true
  }

  #tooLarge({ items, bytes }: BatchSize): SagemakerError {
    const { endpoint, limits } = this.#shared
    const { endpointName } = endpoint
    const isTooMany = items > limits.maxItems
    const reason = isTooMany
      ? `${items} items, at most ${limits.maxItems}`
      : `${bytes} bytes, at most ${limits.maxBytes}`
    const message = `the request is too large (${reason}) and the model needs all items in one request (endpoint ${endpointName}). Send fewer or shorter items.`
    return new SagemakerError('payload-too-large', message, { endpointName })
  }
}
