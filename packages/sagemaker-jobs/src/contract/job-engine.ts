import type { ModelCodec } from '@x/bedrock-like-types'

/** A row on its way through an engine. */
export interface EngineRow<I> {
  /** Name of the row. */
  readonly id: string
  /** Position of the row in the input, from 0. */
  readonly index: number
  /** What the codec writes a request for. */
  readonly input: I
  /** How often the row is sent, this time included. From 1. */
  readonly attempt: number
}

/** Where the answer to a request is written. */
export interface AnswerLocations {
  /** S3 URI of the answer. */
  readonly output: string
  /** S3 URI of the error, if the endpoint has a place for errors. */
  readonly failure?: string | undefined
  /** Name of the transform job that writes it. */
  readonly job?: string | undefined
}

/** Rows that are sent together under a name, which is on record before they are sent. */
export interface EngineRequest<I> {
  /** Unique within the job. */
  readonly name: string
  /** The rows, in the order in which they are sent. */
  readonly rows: readonly EngineRow<I>[]
  /** Time of the record, in milliseconds since 1970. */
  readonly recordedAtMs: number
  /** Where the answer will be, if the service has accepted the request. */
  readonly locations?: AnswerLocations | undefined
}

/** What an engine works on next: rows to send, or a request of an earlier run that may have been sent. */
export type EngineItem<I> =
  | { readonly rows: readonly EngineRow<I>[]; readonly request?: undefined }
  | { readonly request: EngineRequest<I>; readonly rows?: undefined }

/** What a job gives to its engine. */
export interface EngineWork<I, O> {
  /** Id of the job. */
  readonly jobId: string
  /** Writes requests and reads answers. */
  readonly codec: ModelCodec<I, O>
  /** Aborts when the job is cancelled or closed. */
  readonly signal: AbortSignal
  /** Whether the job was cancelled, so that work that runs at AWS is to be stopped, too. */
  isCancelled(): boolean
  /** Whether any row of the job has an output, also from an earlier run. */
  hasOutputs(): boolean
  /**
   * The rows in groups, in the order of the input.
   *
   * @param maxRows - the most rows of the next group
   */
  items(maxRows: () => number): AsyncIterable<EngineItem<I>>
  /** Records that rows are about to be sent. Resolves when the record is durable. Their outcomes are reported with the rows of the request. */
  submit(rows: readonly EngineRow<I>[]): Promise<EngineRequest<I>>
  /** Records where the answer to a request will be. The last record counts. Resolves when it is durable. */
  accept(request: Pick<EngineRequest<I>, 'name'>, locations: AnswerLocations): Promise<void>
  /** Records the outcome of each row. Resolves when it is durable. An outcome that is on record already is dropped. */
  finish(rows: readonly EngineRow<I>[], outcomes: readonly (O | Error)[]): Promise<void>
}

/** What an estimate says about the requests of an engine. */
export interface EngineSizes {
  /** Most rows in a request, before the codec's own limit. */
  readonly maxRowsPerRequest: number
  /** Longest body that is sent with the call; longer ones are uploaded, or refused. */
  readonly maxInlineBytes: number
  /** Whether longer bodies are uploaded. */
  readonly uploads: boolean
}

/** How rows get their answers. `realtimeEngine` and `asyncEngine` make one. */
export interface JobEngine {
  /** Which engine it is. A job cannot be resumed with another one. */
  readonly kind: 'realtime' | 'async' | 'transform'
  /** Name of the endpoint or model. A job cannot be resumed with another one. */
  readonly target: string
  /** For estimates. */
  readonly sizes: EngineSizes
  /**
   * Works until all rows have an outcome, or the signal aborts.
   *
   * @throws {SagemakerError} a failure that is not about single rows, such as `access-denied`; rows without an outcome can be sent
   * again when the job is resumed.
   */
  run<I, O>(work: EngineWork<I, O>): Promise<void>
  /** Closes connections that the engine has opened. */
  close(): void
}
