import type { OperatorFunction } from 'rxjs'
import { Observable, Subscriber, Subscription } from '../rxjs/observable.ts'

/**
 * What is done with the notifications of one subscription. A handler that throws ends the destination with that error.
 */
export interface Handlers<I> {
  next(value: I): void
  /** Emits what is left and completes the destination, now or later. */
  complete(): void
  /** Passes the error on, after what is left if the operator says so. */
  error(error: unknown): void
}

/**
 * Makes an operator from handlers, made anew for each subscription. All operators of this package are made here.
 *
 * It exists because the obvious `new Observable((destination) => source.subscribe({ next: ... }))` is wrong in three ways:
 *
 * 1. What `next` throws never reaches the chain: RxJS throws it on a timer, where it ends the process, and
 *    the destination completes as if all were well. Here it becomes the error of the subscription, after the values
 *    before it.
 * 2. The teardown is registered only when `source.subscribe` returns, so `take(3)` cannot stop a source that emits while
 *    it is being subscribed to: it runs to its end, or indefinitely. Here the subscriber is tied to the destination before the
 *    source is subscribed to.
 * 3. A destination that makes the source emit while it is being given a value (a Subject fed by its own consumer) gets
 *    later values before earlier ones, and a `complete()` from there cuts off the rest of the chunk. Here such
 *    notifications wait until the current one is done.
 *
 * RxJS 7 solves the first two in an `OperatorSubscriber` that it does not export. `Subscriber`, from which that one is
 * derived, it does export; deriving from it costs a few nanoseconds per value, the composition of public operators that
 * behaves the same (`concat`, `map`, `concatMap`) more than fifty.
 * @param start - also gets the subscription to the source only, for an operator that is not done when it wants no more
 */
export function createOperator<I, O>(
  start: (destination: Subscriber<O>, upstream: Subscription) => Handlers<I>,
): OperatorFunction<I, O> {
  return (source) =>
    new Observable<O>((destination) => {
      const upstream = new Subscription()
      subscribeFor(destination, source, start(destination, upstream), upstream)
    })
}

/**
 * Subscribes handlers to a source on behalf of a destination, which from before the first value on unsubscribes them
 * when it ends or is unsubscribed from.
 *
 * @param subscription - unsubscribes them earlier
 */
export function subscribeFor<I, O>(
  destination: Subscriber<O>,
  source: Observable<I>,
  handlers: Handlers<I>,
  subscription: Subscription,
): void {
  const subscriber = new HandlerSubscriber(destination, handlers)
  subscription.add(subscriber)
  source.subscribe(subscriber)
}

class HandlerSubscriber<I, O> extends Subscriber<I> {
  readonly #destination: Subscriber<O>
  readonly #handlers: Handlers<I>
  #handling = false
  /** What is to be done with notifications that arrived while another one was being handled. */
  #deferred: (() => void)[] = []

  constructor(destination: Subscriber<O>, handlers: Handlers<I>) {
    super(destination)
    this.#destination = destination
    this.#handlers = handlers
  }

  protected override _next(value: I): void {
    if (this.#handling) {
      this.#deferred.push(() => this.#handlers.next(value))
      return
    }
    // As `#handle`, without a closure per value.
    this.#handling = true
    try {
      this.#handlers.next(value)
    } catch (error) {
      this.#fail(error)
    }
    this.#handling = false
    if (this.#deferred.length > 0) this.#handleDeferred()
  }

  protected override _complete(): void {
    this.#end(() => this.#handlers.complete())
  }

  protected override _error(error: unknown): void {
    this.#end(() => this.#handlers.error(error))
  }

  #end(notify: () => void): void {
    const end = (): void => {
      notify()
      this.unsubscribe()
    }
    if (this.#handling) this.#deferred.push(end)
    else this.#handle(end)
  }

  #handle(notify: () => void): void {
    this.#handling = true
    try {
      notify()
    } catch (error) {
      this.#fail(error)
    }
    this.#handling = false
  }

  #handleDeferred(): void {
    // Handling one may defer more, which the loop reaches as well.
    for (const notify of this.#deferred) {
      if (this.closed) break
      this.#handle(notify)
    }
    this.#deferred = []
  }

  #fail(error: unknown): void {
    // A closed destination gets no error: a handler throws then to stop in the middle of a chunk.
    if (!this.#destination.closed) this.#destination.error(error)
  }
}
