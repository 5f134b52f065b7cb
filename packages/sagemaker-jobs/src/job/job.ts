/// <reference lib="esnext.disposable" preserve="true" />

import type { JobResult } from '../contract/job-result.ts'
import type { JobStatus } from '../contract/job-status.ts'

/** Options of `Job.results()`. */
export interface ResultOptions {
  /**
   * Yields results in the order of the rows. Results that come too early wait in memory, beyond 16 MiB in a temporary file.
   * @defaultValue `false`: in the order in which they came
   */
  readonly ordered?: boolean | undefined
}

/** A job. */
export interface Job<O> extends AsyncDisposable {
  /** Id of the job, part of the names of its objects in S3. */
  readonly id: string
  /** Counts rows. */
  status(): Promise<JobStatus>
  /**
   * Yields one result per row: those that are stored, then others as they come, until the job ends or is stopped. Can be called several
   * times; each iteration starts with the first result. A slow consumer slows nobody: results are read from the store.
   *
   * @throws {SagemakerError} what ended the job, after all results
   */
  results(options?: ResultOptions): AsyncIterable<JobResult<O>>
  /**
   * Resolves when all rows have an outcome, or the job was stopped.
   *
   * @param options - `signal` ends the waiting, not the job.
   * @throws {SagemakerError} what ended the job, such as `access-denied`; `openJob` goes on once that is repaired. `aborted` if the
   * signal aborts.
   */
  wait(options?: { readonly signal?: AbortSignal | undefined }): Promise<JobStatus>
  /**
   * Stops the job: nothing more is sent, and calls in real time are aborted. Asynchronous calls that were accepted cannot be taken
   * back; their answers are fetched if the job is resumed. Resolves when the store is released.
   */
  cancel(): Promise<JobStatus>
  /** Stops the work of this process and releases the store, without cancelling what runs at AWS. `openJob` goes on. */
  close(): Promise<void>
}
