/** A row of the input. */
export interface InputRow<I> {
  /**
   * Name of the row, unique within the job. Results carry it.
   * @defaultValue `row-` and the position of the row, from 0
   */
  readonly id?: string | undefined
  /** What the codec writes a request for. */
  readonly input: I
}

/** A row that cannot be read. It fails with this error and stops no other row. */
export interface UnreadableRow {
  /** Name of the row, as in `InputRow`. */
  readonly id?: string | undefined
  /** Why it cannot be read. */
  readonly error: Error
}

/** One row. */
export type JobRow<I> = InputRow<I> | UnreadableRow

/**
 * The rows of a job, read once per run and only as fast as they are sent. To resume a job, pass the same rows again in the same
 * order: rows that have a result are skipped.
 */
export type JobRows<I> = Iterable<JobRow<I>> | AsyncIterable<JobRow<I>>
