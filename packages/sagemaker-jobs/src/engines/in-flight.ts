import { setTimeout as sleep } from 'node:timers/promises'
import type { WatchedRequest } from '../completion/completion-source.ts'
import type { AnswerLocations, EngineRequest } from '../contract/job-engine.ts'

/** A request that waits for its outcome. */
export interface InFlightRequest<I> extends WatchedRequest {
  readonly request: EngineRequest<I>
  locations: AnswerLocations | undefined
  /** When it was accepted, or sent. */
  acceptedAtMs: number
  /** Whether its outcome is being fetched. */
  isClaimed: boolean
}

/** The requests without an outcome, and how many rows they have. */
export class InFlight<I> {
  readonly #maxRows: number
  readonly #signal: AbortSignal
  readonly #requests = new Map<string, InFlightRequest<I>>()
  #rows = 0
  #waiting: (() => void)[] = []

  constructor(maxRows: number, signal: AbortSignal) {
    this.#maxRows = maxRows
    this.#signal = signal
    signal.addEventListener('abort', () => this.#notify(), { once: true })
  }

  /** Makes room for rows, which are in flight from then on. */
  async admit(rows: number): Promise<void> {
    await this.#until(() => this.#rows === 0 || this.#rows + rows <= this.#maxRows)
    this.#rows += rows
  }

  add(request: EngineRequest<I>, acceptedAtMs: number): InFlightRequest<I> {
    const { name, rows } = request
    const entry = { name, rows: rows.length, request, locations: undefined, acceptedAtMs, isClaimed: false }
    this.#requests.set(name, entry)
    this.#notify()
    return entry
  }

  locate(entry: InFlightRequest<I>, locations: AnswerLocations): void {
    entry.locations = locations
    this.#notify()
  }

  /** Resolves when it is known where the answer to a request will be, or the request does not wait any more. */
  located(entry: InFlightRequest<I>): Promise<void> {
    return this.#until(() => entry.locations !== undefined || this.#requests.get(entry.name) !== entry)
  }

  /** @param finishedRows - rows that are in flight no more; 0 if they are sent again */
  remove({ name }: InFlightRequest<I>, finishedRows: number): void {
    this.#requests.delete(name)
    this.#rows -= finishedRows
    this.#notify()
  }

  /** Whether the outcome of a request is still to be fetched; it is the caller's to fetch then. */
  claim(entry: InFlightRequest<I>): boolean {
    if (entry.isClaimed || this.#requests.get(entry.name) !== entry) return false
    entry.isClaimed = true
    return true
  }

  requests(): Iterable<InFlightRequest<I>> {
    return this.#requests.values()
  }

  request(name: string): InFlightRequest<I> | undefined {
    return this.#requests.get(name)
  }

  /** Resolves when no row is in flight. */
  empty(): Promise<void> {
    return this.#until(() => this.#rows === 0)
  }

  /** Resolves when a request waits. */
  filled(): Promise<void> {
    return this.#until(() => this.#requests.size > 0)
  }

  /** Waits for a time, or until the run ends. */
  async pause(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.#signal }).catch(() => {})
  }

  async #until(isTrue: () => boolean): Promise<void> {
    while (!this.#signal.aborted && !isTrue()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #notify(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
