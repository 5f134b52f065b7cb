import { untilAborted } from '../signals.ts'

/** Lets a number of calls run at once; others wait in order of arrival. */
export class ConcurrencyLimit {
  readonly #limit: number
  #running = 0
  /** Insertion order is arrival order; leaving the queue costs the same wherever one stands in it. */
  readonly #waiting = new Set<() => void>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /**
   * Waits for a place. Rejects with the signal's reason if that aborts first.
   *
   * @returns gives the place back; further calls do nothing.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    if (this.#running >= this.#limit) await this.#wait(signal)
    else this.#running++
    let held = true
    return () => {
      if (held) this.#release()
      held = false
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return untilAborted(signal, (resolve) => {
      this.#waiting.add(resolve)
      return () => this.#waiting.delete(resolve)
    })
  }

  /** The place goes straight to the next in line, so that no newcomer overtakes. */
  #release(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#running--
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
