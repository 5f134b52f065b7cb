import { from, Observable, type ObservableInput, type Subscriber } from 'rxjs'
import { ResponseStream } from '../../response-stream/response-stream.ts'
import { subscribeFor } from '../create-operator.ts'
import type { ConcurrencyLimits, ConcurrentProject } from './map-concurrent-options.ts'
import { Queue } from './queue.ts'

/** The results of one item that is being worked on, or that waits for the items before it. */
interface Slot<R> {
  readonly results: R[]
  isDone: boolean
}

/** What a {@link ConcurrentMap} needs to know of a consumer that pulls. */
export interface Demand {
  /** How many results wait for the consumer. */
  readonly untakenResults: () => number
  /** Called when all items that are there have been started and there is room for another one. */
  readonly onRoom: () => void
}

const unlimitedDemand: Demand = { untakenResults: () => 0, onRoom: () => {} }

/**
 * Works on several items at a time and gives the results to a destination, in the order of the items or as they come.
 * The first error, of whatever it comes from, ends everything.
 */
export class ConcurrentMap<T, R> {
  readonly #destination: Subscriber<R>
  readonly #project: ConcurrentProject<T, R>
  readonly #limits: ConcurrencyLimits
  readonly #demand: Demand
  readonly #controller = new AbortController()
  readonly #queue = new Queue<T>()
  readonly #slots = new Queue<Slot<R>>()
  #active = 0
  #index = 0
  #hasAll = false
  #starting = false
  #delivering = false

  constructor(
    destination: Subscriber<R>,
    project: ConcurrentProject<T, R>,
    limits: ConcurrencyLimits,
    demand: Demand = unlimitedDemand,
  ) {
    this.#destination = destination
    this.#project = project
    this.#limits = limits
    this.#demand = demand
    destination.add(() => this.cancel())
  }

  /** Items that wait to be worked on. */
  get queued(): number {
    return this.#queue.length
  }

  add(items: readonly T[]): void {
    for (const item of items) this.#queue.add(item)
    this.resume()
  }

  /** Starts what waits, as far as there is room. A loop and no recursion, however many items in a row are done at once. */
  resume(): void {
    if (this.#starting) return
    this.#starting = true
    while (this.#queue.length > 0 && this.#hasRoom) this.#start(this.#queue.take())
    this.#starting = false
    if (this.#queue.length === 0 && this.#hasRoom) this.#demand.onRoom()
  }

  /** No more items will come: completes the destination when the last one is done. */
  finish(): void {
    this.#hasAll = true
    this.#completeWhenDone()
  }

  fail(error: unknown): void {
    if (this.#destination.closed) return
    this.cancel(error)
    this.#destination.error(error)
  }

  /** Tells the projects that nobody wants their results any more. */
  cancel(reason?: unknown): void {
    if (!this.#isDone) this.#controller.abort(reason)
  }

  get #isDone(): boolean {
    return this.#hasAll && this.#active === 0 && this.#queue.length === 0 && this.#slots.length === 0
  }

  get #hasRoom(): boolean {
    const { concurrency, ordered } = this.#limits
    if (this.#destination.closed || this.#active >= concurrency) return false
    const unfinished = ordered ? this.#slots.length : this.#active
    return unfinished + this.#demand.untakenResults() < 2 * concurrency
  }

  #start(item: T): void {
    const slot: Slot<R> = { results: [], isDone: false }
    this.#active++
    if (this.#limits.ordered) this.#slots.add(slot)
    try {
      const results = toObservable(this.#project(item, this.#index++, this.#controller.signal))
      subscribeFor(this.#destination, results, {
        next: (result) => this.#accept(slot, result),
        complete: () => this.#end(slot),
        error: (error) => this.fail(error),
      })
    } catch (error) {
      this.fail(error)
    }
  }

  #accept(slot: Slot<R>, result: R): void {
    if (this.#limits.ordered) {
      slot.results.push(result)
      this.#deliver()
    } else {
      this.#destination.next(result)
    }
  }

  #end(slot: Slot<R>): void {
    this.#active--
    slot.isDone = true
    if (this.#limits.ordered) this.#deliver()
    this.resume()
    this.#completeWhenDone()
  }

  /** Emits the results of the first item as they are, and those of the items after it as far as these are done. */
  #deliver(): void {
    if (this.#delivering) return
    this.#delivering = true
    for (let slot = this.#slots.first; slot !== undefined; slot = this.#slots.first) {
      for (const result of slot.results) this.#destination.next(result)
      slot.results.length = 0
      if (!slot.isDone) break
      this.#slots.take()
    }
    this.#delivering = false
  }

  #completeWhenDone(): void {
    if (this.#isDone) this.#destination.complete()
  }
}

/** As `from`, but an async iterable is closed also while it is being waited for. */
function toObservable<R>(input: ObservableInput<R>): Observable<R> {
  const isAsyncIterable = typeof input === 'object' && input !== null && Symbol.asyncIterator in input
  if (!isAsyncIterable || input instanceof Observable || ResponseStream.is(input)) return from(input)
  return ResponseStream.from(() => input)
}
