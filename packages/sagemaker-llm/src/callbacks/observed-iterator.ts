import type { ChatChunk, CompletionChunk } from '@x/bedrock-like-types'
import type { CallProgress } from './call-progress.ts'
import { onGarbageCollected } from './on-garbage-collected.ts'

/** A stream that has begun. */
export interface BegunStream<T> {
  readonly progress: CallProgress
  readonly opened: Promise<AsyncIterator<T>>
  readonly first: Promise<IteratorResult<T>>
}

/**
 * The same items as its source, each shown to the progress of the call. Nothing begins before the first `next()`. Leaving
 * early is passed on at once, also while an item is being waited for. An iterator that is forgotten half-way is left, too:
 * its call ends and its source is closed.
 */
export class ObservedIterator<T extends ChatChunk | CompletionChunk> implements AsyncIterableIterator<T> {
  readonly #begin: () => BegunStream<T>
  #begun: BegunStream<T> | undefined
  #stopWatching = (): void => {}

  /** @param begin Opens the source and asks it for its first item. */
  constructor(begin: () => BegunStream<T>) {
    this.#begin = begin
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<T>> {
    if (this.#begun !== undefined) return await this.#observe(this.#begun.progress, nextOf(this.#begun))
    const begun = this.#begin()
    this.#begun = begun
    this.#stopWatching = onGarbageCollected(this, () => leave(begun))
    return await this.#observe(begun.progress, begun.first)
  }

  async return(): Promise<IteratorResult<T>> {
    this.#stopWatching()
    if (this.#begun !== undefined) leave(this.#begun)
    return { done: true, value: undefined }
  }

  async #observe(progress: CallProgress, pending: Promise<IteratorResult<T>>): Promise<IteratorResult<T>> {
    try {
      const result = await pending
      if (result.done === true) progress.endStream(false)
      else progress.chunk(result.value)
      return result
    } catch (error) {
      progress.fail(error)
      throw error
    } finally {
      if (progress.isOver) this.#stopWatching()
    }
  }
}

async function nextOf<T>({ opened }: BegunStream<T>): Promise<IteratorResult<T>> {
  return await (await opened).next()
}

function leave({ progress, opened }: BegunStream<unknown>): void {
  progress.endStream(true)
  // Not waited for: a generator answers only after its pending `next()`. Nor is there anybody left who could be told of an error.
  opened.then((iterator) => iterator.return?.()).then(undefined, () => {})
}
