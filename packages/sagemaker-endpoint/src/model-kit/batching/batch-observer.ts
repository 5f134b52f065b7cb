import type { BatchConcurrencyDetails, BatchRequestDetails, BatchSplitDetails } from '../batch-callbacks.ts'
import type { DoneItems } from '../batch-report.ts'

/** Is notified of the steps of one call. `BatchReport` implements it. */
export interface BatchObserver {
  /** Runs a part of the call, such as the sending of a request, in the context of the call. */
  within<R>(run: () => R): R
  requestAnswered(details: BatchRequestDetails): void
  requestSplit(details: BatchSplitDetails): void
  concurrencyChanged(details: BatchConcurrencyDetails): void
  itemsDone(counts: DoneItems): void
}

/** For calls without an observer. */
export const noObserver: BatchObserver = {
  within: (run) => run(),
  requestAnswered: () => {},
  requestSplit: () => {},
  concurrencyChanged: () => {},
  itemsDone: () => {},
}
