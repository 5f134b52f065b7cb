import type {
  BatchCacheErrorDetails,
  BatchConcurrencyDetails,
  BatchRequestDetails,
  BatchSplitDetails,
} from './batch-callbacks.ts'
import type { BatchOutcome, BatchProgress } from './batch-listeners.ts'
import type { ListenedCall } from './call-listeners.ts'

/** Counts of the items that are done. */
export interface DoneItems {
  readonly items: number
  readonly failed: number
  readonly cached: number
}

/** Where a call of many items is. */
export interface BatchCounts extends Omit<BatchOutcome, 'aborted'> {
  /** Milliseconds since the start of the call. */
  readonly elapsedMs: number
}

/**
 * Counts what happens in one call of many items, and tells its listeners. Nothing is told after the end.
 *
 * @typeParam Outcome - what the listeners see at the end.
 */
export class BatchReport<Outcome extends BatchOutcome = BatchOutcome> {
  readonly #call: ListenedCall<BatchProgress, Outcome>
  readonly #outcomeOf: (outcome: BatchOutcome) => Outcome
  readonly #onDone: ((counts: BatchCounts) => void) | undefined
  #items = 0
  #failed = 0
  #cached = 0
  #requests = 0
  #tokens: number | undefined

  /**
   * @param outcomeOf - adds what only this kind of model knows of the outcome of a call.
   * @param onDone - called whenever items are done.
   */
  constructor(
    call: ListenedCall<BatchProgress, Outcome>,
    outcomeOf: (outcome: BatchOutcome) => Outcome,
    onDone?: (counts: BatchCounts) => void,
  ) {
    this.#call = call
    this.#outcomeOf = outcomeOf
    this.#onDone = onDone
  }

  /** Tokens so far, as far as the container reported them. */
  get tokens(): number | undefined {
    return this.#tokens
  }

  /** Runs a part of the call, such as the sending of a request, in the contexts of the listeners. */
  within<R>(run: () => R): R {
    return this.#call.within(run)
  }

  requestAnswered(details: BatchRequestDetails): void {
    this.#requests++
    if (details.tokens !== undefined) this.#tokens = (this.#tokens ?? 0) + details.tokens
    this.#call.progress({ type: 'request', ...details })
  }

  requestSplit(details: BatchSplitDetails): void {
    this.#call.progress({ type: 'split', ...details })
  }

  concurrencyChanged(details: BatchConcurrencyDetails): void {
    this.#call.progress({ type: 'concurrency', ...details })
  }

  cacheFailed(details: BatchCacheErrorDetails): void {
    this.#call.progress({ type: 'cache-error', ...details })
  }

  /** Items have a result, or were refused. What was in flight when the call ended counts no more. */
  itemsDone({ items, failed, cached }: DoneItems): void {
    if (this.#call.isOver) return
    this.#items += items
    this.#failed += failed
    this.#cached += cached
    this.#onDone?.({ ...this.#counts(), elapsedMs: this.#call.elapsedMs() })
  }

  /** The call has all its results, or its consumer has left. */
  end(aborted: boolean): void {
    this.#call.end(this.#outcomeOf({ ...this.#counts(), aborted }))
  }

  /** The call failed. */
  fail(error: unknown): void {
    this.#call.fail(error, this.#outcomeOf({ ...this.#counts(), aborted: false }))
  }

  #counts(): Omit<BatchOutcome, 'aborted'> {
    return {
      items: this.#items,
      failed: this.#failed,
      cached: this.#cached,
      requests: this.#requests,
      tokens: this.#tokens,
    }
  }
}
