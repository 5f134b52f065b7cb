/** Calls back when nothing has happened for a while. One timer, however much happens. */
export class KeepAlive {
  readonly #intervalMs: number
  readonly #whenSilent: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastAt = performance.now()

  constructor(intervalMs: number, whenSilent: () => void) {
    this.#intervalMs = intervalMs
    this.#whenSilent = whenSilent
    this.#wait(intervalMs)
  }

  /** Something has happened. */
  touch(): void {
    this.#lastAt = performance.now()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #wait(delayMs: number): void {
    if (delayMs === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => {
      const silentMs = performance.now() - this.#lastAt
      // A timer can be a little early.
      if (silentMs < this.#intervalMs - 1) return this.#wait(this.#intervalMs - silentMs)
      this.touch()
      this.#whenSilent()
      this.#wait(this.#intervalMs)
    }, delayMs)
  }
}
