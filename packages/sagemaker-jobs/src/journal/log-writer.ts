import { setTimeout as sleep } from 'node:timers/promises'
import type { JobLog, JobStore } from '../contract/job-store.ts'

/**
 * Appends lines to a log, all that came in during a write with the next one. After a failure nothing more is written: what was
 * appended before is durable, and later lines may depend on lost ones.
 */
export class LogWriter {
  readonly #store: JobStore
  readonly #log: JobLog
  #lines: string[] = []
  #next: Promise<void> | undefined
  #last: Promise<void> = Promise.resolve()
  #lastAtMs = Number.NEGATIVE_INFINITY
  #failure: { readonly error: unknown } | undefined
  #isHurried = false

  constructor(store: JobStore, log: JobLog) {
    this.#store = store
    this.#log = log
  }

  /** Resolves when the lines are durable. */
  append(lines: string): Promise<void> {
    this.#lines.push(lines)
    this.#next ??= this.#writeAfter(this.#last)
    return this.#next
  }

  /** Writes what waits, without further waiting. */
  async close(): Promise<void> {
    this.#isHurried = true
    await (this.#next ?? this.#last)
  }

  #writeAfter(previous: Promise<void>): Promise<void> {
    const writing = previous
      // The callers of the previous write know of its failure.
      .catch(() => {})
      .then(() => this.#pause())
      .then(() => this.#write())
    this.#last = writing
    return writing
  }

  /** Collects lines for a while, if every write costs a request. */
  async #pause(): Promise<void> {
    const untilMs = this.#lastAtMs + (this.#store.appendIntervalMs ?? 0)
    for (let now = performance.now(); !this.#isHurried && now < untilMs; now = performance.now()) {
      await sleep(Math.min(25, untilMs - now))
    }
  }

  async #write(): Promise<void> {
    const lines = this.#lines.join('')
    this.#lines = []
    this.#next = undefined
    if (this.#failure !== undefined) throw this.#failure.error
    try {
      await this.#store.append(this.#log, lines)
      this.#lastAtMs = performance.now()
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }
}
