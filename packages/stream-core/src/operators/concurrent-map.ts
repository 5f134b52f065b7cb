import type { ObservableInput, Subscriber } from 'rxjs'
import { innerFrom } from '../rxjs/operator-parts.ts'
import { Observable, Subscription } from '../rxjs/observable.ts'
import { Queue } from '../readers/queue.ts'
import { ResponseStream } from '../response-stream/response-stream.ts'
import { subscribeFor } from './create-operator.ts'
import type { ConcurrencyLimits, ConcurrentProject } from './map-concurrent-options.ts'
import type { OperatorContext, OperatorCore } from './operator-core.ts'
import { QueueOverflowError } from './queue-overflow-error.ts'

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

/**
 * Works on several items at a time and gives the results to a destination, as they come or in the order of the items.
 *
 * As they come, the first error ends everything at once. In order, an error waits for its turn like a result, and ends at
 * once only what comes after it.
 */
export class ConcurrentMap<T, R> implements OperatorCore<T> {
  readonly #destination: Subscriber<R>
  readonly #context: OperatorContext
  readonly #project: ConcurrentProject<T, R>
  readonly #limits: ConcurrencyLimits
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
    context: OperatorContext,
    project: ConcurrentProject<T, R>,
    limits: ConcurrencyLimits,
  ) {
    this.#destination = destination
    this.#context = context
    this.#project = project
    this.#limits = limits
    destination.add(() => this.cancel())
  }

  next(item: T): void {
    if (this.#ending !== undefined) return
    this.#queue.add(item)
    this.resume()
    const { maxQueued } = this.#limits
    if (this.#context.isPushed && this.#queue.length > maxQueued) this.#fail(new QueueOverflowError(maxQueued))
  }

  /** Starts what waits, as far as there is room. A loop and no recursion, however many items in a row are done at once. */
  resume(): void {
    if (this.#starting) return
    this.#starting = true
    while (this.#queue.length > 0 && this.#hasRoom) this.#start(this.#queue.take())
    this.#starting = false
    if (this.#queue.length === 0 && this.#hasRoom && this.#ending === undefined) this.#context.requestItems()
  }

  complete(): void {
    this.#ending ??= 'complete'
    this.#endWhenDone()
  }

  error(error: unknown): void {
    this.#ending ??= { error }
    if (this.#limits.ordered) this.#endWhenDone()
    else this.#fail(error)
  }

  /** Aborts the signals of the projects in progress: their results are no longer used. */
  cancel(reason?: unknown): void {
    for (const slot of this.#slots) slot.controller.abort(reason)
  }

  /** Ends everything at once. */
  #fail(error: unknown): void {
    if (this.#destination.closed) return
    this.cancel(error)
    this.#destination.error(error)
  }

  get #hasRoom(): boolean {
    const { concurrency } = this.#limits
    if (this.#destination.closed || this.#active >= concurrency) return false
    return this.#slots.size + this.#context.untakenResults() < 2 * concurrency
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
      if (outcome !== 'done') this.#fail(outcome.error)
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
    this.#context.closeSource(error)
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
    else this.#fail(this.#ending.error)
  }
}

/** As `from`, but an async iterable is closed also while it is being waited for. */
function toObservable<R>(input: ObservableInput<R>): Observable<R> {
  const isAsyncIterable = typeof input === 'object' && input !== null && Symbol.asyncIterator in input
  if (!isAsyncIterable || input instanceof Observable || ResponseStream.is(input)) return innerFrom(input)
  return ResponseStream.from(() => input)
}
