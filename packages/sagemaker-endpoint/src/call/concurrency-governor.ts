/** A place among the requests in flight. Released once. */
export interface ConcurrencySlot {
  /**
   * The request was throttled. Halves the concurrency, once for all requests that were in flight together.
   *
   * @returns whether to send it again: the concurrency is lower than when it was sent, and others were in flight with it.
   */
  throttled(): boolean
  /**
   * The request was answered. The concurrency rises by one, up to the configured one, after as many answers as it allows
   * requests.
   *
   * @returns whether it rose now.
   */
  succeeded(): boolean
  /** Makes room for the next request. */
  release(): void
}

/**
 * Limits the number of requests in flight: to the configured number, halved when the endpoint throttles and raised by one per
 * round of answers (additive increase, multiplicative decrease, as in TCP). Without a configured number (`Infinity`) the first
 * throttled request sets the limit, to half of what was in flight. Requests wait in the order of their arrival.
 */
export class ConcurrencyGovernor {
  readonly #maximum: number
  readonly #isAdaptive: boolean
  #concurrency: number
  #inFlight = 0
  #answersSinceChange = 0
  /** Counts the decreases. A request that was sent before the last one adds nothing. */
  #generation = 0
  /** Insertion order is arrival order. */
  readonly #waiting = new Set<() => void>()

  /** @param isAdaptive - `false` for a limit that stays as it is. */
  constructor(maximum: number, isAdaptive = true) {
    this.#maximum = maximum
    this.#isAdaptive = isAdaptive
    this.#concurrency = maximum
  }

  /** How many requests may be in flight now. */
  get concurrency(): number {
    return this.#concurrency
  }

  /** A place, if one is free: most calls need not wait, and cost no promise. */
  tryAcquire(): ConcurrencySlot | undefined {
    if (this.#inFlight >= this.#concurrency) return undefined
    this.#inFlight++
    return this.#slot()
  }

  /**
   * Waits for a place.
   *
   * @throws the reason of the signal, if it aborts first.
   */
  async acquire(signal?: AbortSignal): Promise<ConcurrencySlot> {
    if (signal?.aborted === true) throw signal.reason
    return this.tryAcquire() ?? this.#turn(signal)
  }

  #slot(): ConcurrencySlot {
    let generation = this.#generation
    return {
      throttled: () => {
        const isNews = generation === this.#generation
        const isLower = !isNews || this.#lower()
        generation = this.#generation
        return isLower && this.#inFlight > 1
      },
      succeeded: () => this.#raise(),
      release: () => {
        this.#inFlight--
        this.#startWaiting()
      },
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<ConcurrencySlot> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(start)
        reject(signal?.reason)
      }
      const start = (): void => {
        signal?.removeEventListener('abort', abort)
        this.#inFlight++
        resolve(this.#slot())
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiting.add(start)
    })
  }

  #startWaiting(): void {
    for (const start of this.#waiting) {
      if (this.#inFlight >= this.#concurrency) return
      this.#waiting.delete(start)
      start()
    }
  }

  #lower(): boolean {
    this.#answersSinceChange = 0
    if (!this.#isAdaptive || this.#concurrency === 1) return false
    const before = Number.isFinite(this.#concurrency) ? this.#concurrency : this.#inFlight
    this.#concurrency = Math.max(1, Math.floor(before / 2))
    this.#generation++
    return true
  }

  #raise(): boolean {
    if (this.#concurrency >= this.#maximum) return false
    this.#answersSinceChange++
    if (this.#answersSinceChange < this.#concurrency) return false
    this.#answersSinceChange = 0
    this.#concurrency++
    this.#startWaiting()
    return true
  }
}
