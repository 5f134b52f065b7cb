import type { BatchConcurrencyDetails, BatchRequestDetails, BatchSplitDetails } from '../batch-callbacks.ts'
import type { DoneItems } from '../batch-report.ts'

/** Sees the steps of one call. A `BatchReport` is one. */
export interface BatchObserver {
  /** Runs a part of the call, such as the sending of a request, in the context of the call. */
  within<R>(run: () => R): R
  requestAnswered(details: BatchRequestDetails): void
  requestSplit(details: BatchSplitDetails): void
  concurrencyChanged(details: BatchConcurrencyDetails): void
  itemsDone(counts: DoneItems): void
}

/** For calls that nobody observes. */
export const noObserver: BatchObserver = {
  within: (run) => run(),
  requestAnswered: () => {},
  requestSplit: () => {},
  concurrencyChanged: () => {},
  itemsDone: () => {},
}
