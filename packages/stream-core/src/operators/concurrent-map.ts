import type { ObservableInput, Subscriber } from 'rxjs'
import { innerFrom } from '../rxjs/operator-parts.ts'
import { Observable, Subscription } from '../rxjs/observable.ts'
import { Queue } from '../readers/queue.ts'
import { ResponseStream } from '../response-stream/response-stream.ts'
import { subscribeFor } from './create-operator.ts'
import type { ConcurrencyLimits, ConcurrentProject } from './map-concurrent-options.ts'

/** An item that is being worked on, or whose outcome waits for those of the items before it. */
interface Slot<R> {
  readonly results: R[]
  readonly controller: AbortController
  readonly subscription: Subscription
  outcome: 'done' | Failure | undefined
}

interface Failure {
  readonly error: unknown
}

/** Where the items come from. */
export interface ItemSource {
  /** How many results wait for a consumer that pulls. */
  readonly untakenResults: () => number
  /** Called when all items that are there have been started and there is room for another one. */
  readonly onRoom: () => void
  /** Called when no more items are wanted, because of an error whose turn has not come. */
  readonly leave: (error: unknown) => void
}

/**
 * Works on several items at a time and gives the results to a destination, as they come or in the order of the items.
 *
 * As they come, the first error ends everything at once. In order, an error waits for its turn like a result, and ends at
 * once only what comes after it.
 */
export class ConcurrentMap<T, R> {
  readonly #destination: Subscriber<R>
  readonly #project: ConcurrentProject<T, R>
  readonly #limits: ConcurrencyLimits
  readonly #source: ItemSource
  readonly #queue = new Queue<T>()
  /** In the order of the items. */
  readonly #slots = new Set<Slot<R>>()
  #active = 0
  #index = 0
  /** What comes after the last item, once it is known that there will be no more. */
  #ending: 'complete' | Failure | undefined
  #starting = false
  #delivering = false

  constructor(
    destination: Subscriber<R>,
    project: ConcurrentProject<T, R>,
    limits: ConcurrencyLimits,
    source: ItemSource,
  ) {
    this.#destination = destination
    this.#project = project
    this.#limits = limits
    this.#source = source
    destination.add(() => this.cancel())
  }

  /** Items that wait to be worked on. */
  get queued(): number {
    return this.#queue.length
  }

  add(items: readonly T[]): void {
    if (this.#ending !== undefined) return
    for (const item of items) this.#queue.add(item)
    this.resume()
  }

  /** Starts what waits, as far as there is room. A loop and no recursion, however many items in a row are done at once. */
  resume(): void {
    if (this.#starting) return
    this.#starting = true
    while (this.#queue.length > 0 && this.#hasRoom) this.#start(this.#queue.take())
    this.#starting = false
    if (this.#queue.length === 0 && this.#hasRoom && this.#ending === undefined) this.#source.onRoom()
  }

  /** No more items will come: completes the destination when the last one is done. */
  finish(): void {
    this.#ending ??= 'complete'
    this.#endWhenDone()
  }

  /** No more items will come, because of an error. */
  finishWith(error: unknown): void {
    this.#ending ??= { error }
    if (this.#limits.ordered) this.#endWhenDone()
    else this.fail(error)
  }

  /** Ends everything at once. */
  fail(error: unknown): void {
    if (this.#destination.closed) return
    this.cancel(error)
    this.#destination.error(error)
  }

  /** Aborts the signals of the projects in progress: their results are no longer used. */
  cancel(reason?: unknown): void {
    for (const slot of this.#slots) slot.controller.abort(reason)
  }

  get #hasRoom(): boolean {
    const { concurrency } = this.#limits
    if (this.#destination.closed || this.#active >= concurrency) return false
    return this.#slots.size + this.#source.untakenResults() < 2 * concurrency
  }

  #start(item: T): void {
    const slot: Slot<R> = {
      results: [],
      controller: new AbortController(),
      subscription: new Subscription(),
      outcome: undefined,
    }
    this.#active++
    this.#slots.add(slot)
    try {
      const results = toObservable(this.#project(item, this.#index++, slot.controller.signal))
      const handlers = {
        next: (result: R): void => this.#accept(slot, result),
        complete: (): void => this.#settle(slot, 'done'),
        error: (error: unknown): void => this.#settle(slot, { error }),
      }
      subscribeFor(this.#destination, results, handlers, slot.subscription)
    } catch (error) {
      this.#settle(slot, { error })
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

  #settle(slot: Slot<R>, outcome: 'done' | Failure): void {
    // An item before it has failed while this one was being started.
    if (!this.#slots.has(slot)) return
    this.#active--
    slot.outcome = outcome
    if (this.#limits.ordered) {
      if (outcome !== 'done') this.#dropAfter(slot, outcome)
      this.#deliver()
    } else {
      this.#slots.delete(slot)
      if (outcome !== 'done') this.fail(outcome.error)
    }
    this.resume()
    this.#endWhenDone()
  }

  /** Ends all that comes after a failed item, whose own turn may be yet to come. */
  #dropAfter(failed: Slot<R>, { error }: Failure): void {
    this.#ending = { error }
    this.#queue.clear()
    let isAfter = false
    for (const slot of this.#slots) {
      if (isAfter) {
        this.#slots.delete(slot)
        slot.controller.abort(error)
        slot.subscription.unsubscribe()
      }
      isAfter ||= slot === failed
    }
    this.#source.leave(error)
  }

  /** Gives out the results of the first item as they come, and those of the items after it as far as it is done. */
  #deliver(): void {
    if (this.#delivering) return
    this.#delivering = true
    for (const slot of this.#slots) {
      for (const result of slot.results) this.#destination.next(result)
      slot.results.length = 0
      if (slot.outcome === undefined) break
      this.#slots.delete(slot)
    }
    this.#delivering = false
  }

  #endWhenDone(): void {
    if (this.#ending === undefined || this.#slots.size > 0 || this.#queue.length > 0) return
    if (this.#ending === 'complete') this.#destination.complete()
    else this.fail(this.#ending.error)
  }
}

/** As `from`, but an async iterable is closed also while it is being waited for. */
function toObservable<R>(input: ObservableInput<R>): Observable<R> {
  const isAsyncIterable = typeof input === 'object' && input !== null && Symbol.asyncIterator in input
  if (!isAsyncIterable || input instanceof Observable || ResponseStream.is(input)) return innerFrom(input)
  return ResponseStream.from(() => input)
}
