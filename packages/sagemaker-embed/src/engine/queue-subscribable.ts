import type { Subscribable } from '@x/bedrock-like-types'
import { QueueOverflowError } from '@x/stream-core'

/** Most values that wait for the consumer. */
const MAX_QUEUED = 10_000

/**
 * What a subscribable pushes, to be pulled. It cannot be slowed, so what it pushes waits in a queue; when that is full
 * the iteration fails, after the values that are in it, and the subscription ends.
 *
 * @throws {QueueOverflowError} when more than `MAX_QUEUED` values wait.
 */
export function queueSubscribable<T>(source: Subscribable<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => new SubscriptionIterator(source) }
}

class SubscriptionIterator<T> implements AsyncIterator<T> {
  readonly #queue: T[] = []
  #taken = 0
  #ending: (() => IteratorResult<T>) | undefined
  #wake: (() => void) | undefined
  #subscription: { unsubscribe(): void } | undefined

  constructor(source: Subscribable<T>) {
    this.#subscription = source.subscribe({
      next: (value) => this.#push(value),
      error: (error) =>
        this.#end(() => {
          throw error
        }),
      complete: () => this.#end(() => ({ done: true, value: undefined })),
    })
    // It may have pushed too much before there was anything to unsubscribe from.
    if (this.#ending !== undefined) this.#subscription.unsubscribe()
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      if (this.#taken < this.#queue.length) return { done: false, value: this.#take() }
      if (this.#ending !== undefined) return this.#ending()
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async return(): Promise<IteratorResult<T>> {
    this.#queue.length = 0
    this.#taken = 0
    this.#end(() => ({ done: true, value: undefined }))
    this.#subscription?.unsubscribe()
    return { done: true, value: undefined }
  }

  #push(value: T): void {
    if (this.#ending !== undefined) return
    if (this.#queue.length - this.#taken < MAX_QUEUED) this.#queue.push(value)
    else {
      this.#end(() => {
        throw new QueueOverflowError(MAX_QUEUED)
      })
      this.#subscription?.unsubscribe()
    }
    this.#wake?.()
  }

  #end(ending: () => IteratorResult<T>): void {
    this.#ending ??= ending
    this.#wake?.()
  }

  /** Takes from the front; the room is given back in steps, because shifting a long array costs its length each time. */
  #take(): T {
    const value = this.#queue[this.#taken] as T
    this.#taken += 1
    if (this.#taken === MAX_QUEUED / 10) {
      this.#queue.splice(0, this.#taken)
      this.#taken = 0
    }
    return value
  }
}
