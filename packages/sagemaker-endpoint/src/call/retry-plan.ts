import type { SagemakerErrorCode } from '../errors/sagemaker-error-code.ts'
import type { SagemakerError } from '../errors/sagemaker-error.ts'
import type { RetryLimits } from '../options/limits.ts'

/** What is sent again, if nothing of the answer has arrived and the error says that it may help. */
const retriedCodes: ReadonlySet<SagemakerErrorCode> = new Set([
  'model-not-ready',
  'throttled',
  'service-unavailable',
  'connection',
  // Both only where the error is marked retryable: no connection was made in time; the clock of this machine was wrong.
  'timeout',
  'credentials',
])

/** Decides after each failed attempt of one call whether and when there is another. */
export class RetryPlan {
  readonly #limits: RetryLimits
  readonly #random: () => number
  readonly #now: () => number
  /** Ordinary attempts that have failed. */
  #failures = 0
  /** Answers that the model is not ready which counted against `readyWithinMs`. */
  #notReady = 0
  #notReadySince = 0

  /** @param random - a number from 0 to below 1. @param now - milliseconds of a steady clock. */
  constructor(limits: RetryLimits, random: () => number = Math.random, now: () => number = () => performance.now()) {
    this.#limits = limits
    this.#random = random
    this.#now = now
  }

  /** How long to wait before the next attempt, in milliseconds; `undefined` if there is to be none. */
  delayAfter(error: SagemakerError): number | undefined {
    if (!error.retryable || !retriedCodes.has(error.code)) return undefined
    const { maxAttempts, maxDelayMs, readyWithinMs } = this.#limits
    if (error.code === 'model-not-ready' && readyWithinMs > 0) return this.#delayUntilReady(error)
    this.#failures++
    if (this.#failures >= maxAttempts) return undefined
    return Math.min(maxDelayMs, Math.max(error.retryAfterMs ?? 0, this.#jitter(this.#failures)))
  }

  /** The last attempt falls on the end of the budget. */
  #delayUntilReady(error: SagemakerError): number | undefined {
    this.#notReady++
    if (this.#notReady === 1) this.#notReadySince = this.#now()
    const leftMs = this.#limits.readyWithinMs - (this.#now() - this.#notReadySince)
    if (leftMs <= 0) return undefined
    return Math.min(leftMs, Math.max(error.retryAfterMs ?? 0, this.#jitter(this.#notReady)))
  }

  /** https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ ("full jitter") */
  #jitter(failures: number): number {
    const { baseDelayMs, maxDelayMs } = this.#limits
    return this.#random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1))
  }
}
