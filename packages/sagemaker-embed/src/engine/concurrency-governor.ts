/** A place among the requests in flight. Given back once. */
export interface ConcurrencySlot {
  /**
   * The request was throttled. Halves the concurrency, once for all requests that were in flight together.
   *
   * @returns whether sending it again makes sense: the concurrency is lower than when it was sent, and it was not alone.
   */
  throttled(): boolean
  /**
   * The request was answered. After as many answers as the concurrency is, it rises by one, up to the configured one.
   *
   * @returns whether it rose now.
   */
  succeeded(): boolean
  /** Lets the next request go. */
  release(): void
}

interface Waiter {
  readonly start: () => void
}

/**
 * How many requests may be in flight: the configured number, halved when the endpoint throttles and raised by one per
 * round of answers (additive increase, multiplicative decrease, as in TCP). Requests wait in the order of their arrival.
 */
export class ConcurrencyGovernor {
  readonly #maximum: number
  #concurrency: number
  #inFlight = 0
  #answersSinceChange = 0
  /** Counts the decreases. A request that was sent before the last one has nothing new to say. */
  #generation = 0
  readonly #waiting = new Set<Waiter>()

  constructor(maximum: number) {
    this.#maximum = maximum
    this.#concurrency = maximum
  }

  /** How many requests may be in flight now. */
  get concurrency(): number {
    return this.#concurrency
  }

  /**
   * Waits for a place.
   *
   * @throws The reason of the signal, when it aborts before there is one.
   */
  async acquire(signal: AbortSignal): Promise<ConcurrencySlot> {
    signal.throwIfAborted()
    if (this.#inFlight >= this.#concurrency) await this.#turn(signal)
    else this.#inFlight++
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
        this.#inFlight -= 1
        this.#startWaiting()
      },
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(waiter)
        reject(signal.reason)
      }
      const waiter: Waiter = {
        start: () => {
          signal.removeEventListener('abort', abort)
          this.#inFlight++
          resolve()
        },
      }
      signal.addEventListener('abort', abort, { once: true })
      this.#waiting.add(waiter)
    })
  }

  #startWaiting(): void {
    for (const waiter of this.#waiting) {
      if (this.#inFlight >= this.#concurrency) return
      this.#waiting.delete(waiter)
      waiter.start()
    }
  }

  #lower(): boolean {
    this.#answersSinceChange = 0
    if (this.#concurrency === 1) return false
    this.#concurrency = Math.max(1, Math.floor(this.#concurrency / 2))
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
