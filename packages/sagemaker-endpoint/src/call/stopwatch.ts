/**
 * A time limit that counts only while it runs. Starting and pausing cost no timer: one timer is set for the earliest
 * time at which the limit could be reached, and looks again then. A stream of thousands of parts a second thus sets a
 * handful.
 */
export class Stopwatch {
  readonly #onLimit: (limitMs: number) => void
  #deadline = Number.POSITIVE_INFINITY
  #limitMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #timerAt = Number.POSITIVE_INFINITY

  constructor(onLimit: (limitMs: number) => void) {
    this.#onLimit = onLimit
  }

  start(limitMs: number): void {
    if (limitMs === Number.POSITIVE_INFINITY) return this.pause()
    this.#limitMs = limitMs
    this.#deadline = performance.now() + limitMs
    if (this.#deadline < this.#timerAt) this.#setTimer()
  }

  pause(): void {
    this.#deadline = Number.POSITIVE_INFINITY
  }

  stop(): void {
    this.pause()
    clearTimeout(this.#timer)
    this.#timerAt = Number.POSITIVE_INFINITY
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    this.#timerAt = this.#deadline
    const waitMs = this.#deadline - performance.now()
    // Node fires at once for longer waits than 2^31 - 1 ms; the timer then simply looks again.
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.max(Math.ceil(waitMs), 0), 2 ** 31 - 1))
  }

  #look(): void {
    this.#timerAt = Number.POSITIVE_INFINITY
    if (this.#deadline === Number.POSITIVE_INFINITY) return
    if (performance.now() < this.#deadline) this.#setTimer()
    else this.#expireUnlessPaused(this.#deadline)
  }

  /**
   * A program that was busy for longer than the limit finds its timers due before it has looked at its sockets. What
   * they hold is let in first: immediates run after sockets are read.
   */
  #expireUnlessPaused(deadline: number): void {
    setImmediate(() => {
      if (this.#deadline !== deadline) return
      this.pause()
      this.#onLimit(this.#limitMs)
    })
  }
}
