import type { Subscribable, Subscription } from 'rxjs'
import { Observable } from '../rxjs/observable.ts'
import { createOperator } from '../operators/create-operator.ts'
import { QueueOverflowError } from '../operators/queue-overflow-error.ts'
import { PushBuffer } from '../readers/push-buffer.ts'
import type { Reader } from '../readers/reader.ts'

/** Delivers what an Observable pushes, which is subscribed to by the first request. */
export class ObservableReader<T> implements Reader<T> {
  readonly #source: Subscribable<T>
  readonly #maxQueued: number
  readonly #buffer = new PushBuffer<T>()
  #subscription: Subscription | undefined

  constructor(source: Subscribable<T>, maxQueued: number) {
    this.#source = source
    this.#maxQueued = maxQueued
  }

  read(): Promise<readonly T[] | undefined> {
    const items = this.#buffer.read()
    this.#subscription ??= this.#subscribe()
    return items
  }

  close(): void {
    this.#subscription?.unsubscribe()
  }

  #subscribe(): Subscription {
    // An operator, so that a source that pushes while it is being subscribed to is stopped when the queue is full.
    const limit = createOperator<T, T>((destination) => ({
      next: (item) => {
        if (this.#buffer.length >= this.#maxQueued && !this.#buffer.isAwaited)
          throw new QueueOverflowError(this.#maxQueued)
        destination.next(item)
      },
      complete: () => destination.complete(),
      error: (error) => destination.error(error),
    }))
    return limit(new Observable<T>((destination) => this.#source.subscribe(destination))).subscribe({
      next: (item) => this.#buffer.push(item),
      complete: () => this.#buffer.end(),
      error: (error: unknown) => this.#buffer.fail(error),
    })
  }
}
