/**
 * State of a job.
 *
 * - `running`: this process or another one works on it
 * - `complete`: every row has an output
 * - `partial`: every row has an outcome, and some have failed
 * - `stopped`: rows are left, and no process works on them: the job was cancelled or closed, or its process has died. `openJob`
 *   goes on.
 */
export type JobState = 'running' | 'complete' | 'partial' | 'stopped'

/** Progress of a job. All counts are of rows. */
export interface JobStatus {
  /** State of the job. */
  readonly state: JobState
  /** Rows of the input; `undefined` until it has been read to its end. */
  readonly total: number | undefined
  /** Rows that have an output. */
  readonly done: number
  /** Rows that have failed, without the expired ones. */
  readonly failed: number
  /** Rows that were sent, or are about to be, and have no outcome yet. */
  readonly inFlight: number
  /** Rows without an answer within their deadline. */
  readonly expired: number
  /** Rows that this run has finished, per second. */
  readonly rowsPerSecond: number
}
