/** The logs of a job. `requests` says what was sent where, `results` has one line per outcome of a row. */
export type JobLog = 'requests' | 'results'

/** A piece of a log. */
export interface LogChunk {
  /** Bytes of the log, cut anywhere. */
  readonly bytes: Uint8Array
  /** Where to continue after them. */
  readonly position: string
}

/** The right to write to a store. */
export interface StoreLock {
  /** Aborts when another process has taken the lock. The reason is a `SagemakerError` with code `job-locked`. */
  readonly lost: AbortSignal
  /** Gives it back. */
  release(): Promise<void>
}

/**
 * Where a job is kept: a description that is written once, and two append-only logs of JSON lines. `fileStore` and `s3Store` make one.
 */
export interface JobStore {
  /** Path or URI, for messages. */
  readonly location: string
  /**
   * How long lines may wait to be written together, in milliseconds: for stores where every write is an object.
   * @defaultValue 0: whatever has come in while the last write was under way
   */
  readonly appendIntervalMs?: number | undefined
  /** Reads the description; `undefined` if the store has no job. */
  readDescription(): Promise<string | undefined>
  /** Writes the description, durably. Resolves to `false` if there is one. */
  createDescription(text: string): Promise<boolean>
  /**
   * Claims the store for this process. A claim of a process that has died is taken over.
   *
   * @throws {SagemakerError} `job-locked` if another process works on the job
   */
  lock(): Promise<StoreLock>
  /** Whether some process works on the job now. */
  isLocked(): Promise<boolean>
  /** Appends whole lines. Resolves when they are durable. Never called again before it has resolved. */
  append(log: JobLog, lines: string): Promise<void>
  /**
   * Reads a log from a position, or from its start, to its present end. A last line without newline was torn by a crash or is being
   * written; the store removes it before the next append.
   */
  read(log: JobLog, position?: string): AsyncIterable<LogChunk>
}
