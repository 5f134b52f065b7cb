import { SagemakerError } from '../errors/sagemaker-error.ts'
import type {
  BatchCacheErrorDetails,
  BatchConcurrencyDetails,
  BatchRequestDetails,
  BatchSplitDetails,
} from './batch-callbacks.ts'
import type { BatchOutcome, BatchProgress } from './batch-listeners.ts'
import type { ListenedCall } from './call-listeners.ts'

/** Numbers of items that are done. */
export interface DoneItems {
  readonly items: number
  readonly failed: number
  readonly cached: number
}

/** Progress of a call. */
export interface BatchCounts extends Omit<BatchOutcome, 'aborted'> {
  /** Milliseconds since the start of the call. */
  readonly elapsedMs: number
}

/**
 * Counts the requests, items and tokens of one call and notifies its listeners. Steps after the end are ignored.
 *
 * @typeParam Outcome - the outcome that listeners receive.
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
   * @param outcomeOf - adds members that are specific to a kind of model.
   * @param onDone - called whenever items are done; must not throw.
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

  /** Tokens so far; `undefined` if the container reported none. */
  get tokens(): number | undefined {
    return this.#tokens
  }

  /** Runs a function, such as the one that sends a request, in the contexts of the listeners. */
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

  /** Counts items that have a result or failed. Requests that were in flight when the call ended no longer count. */
  itemsDone({ items, failed, cached }: DoneItems): void {
    if (this.#call.isOver) return
    this.#items += items
    this.#failed += failed
    this.#cached += cached
    this.#onDone?.({ ...this.#counts(), elapsedMs: this.#call.elapsedMs() })
  }

  /** Reports the end: all items are done, or the consumer left early. */
  end(aborted: boolean): void {
    this.#call.end(this.#outcomeOf({ ...this.#counts(), aborted }))
  }

  /** Reports a failure. A call that its caller aborts has not failed: it ends as if the consumer had left. */
  fail(error: unknown): void {
    if (SagemakerError.is(error) && error.code === 'aborted') this.end(true)
    else this.#call.fail(error, this.#outcomeOf({ ...this.#counts(), aborted: false }))
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
