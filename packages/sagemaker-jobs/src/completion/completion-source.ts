import type { AnswerLocations } from '../contract/job-engine.ts'

/** An asynchronous request that has no answer yet. */
export interface WatchedRequest {
  /** Unique within the job. */
  readonly name: string
  /** Where the answer will be; `undefined` until the service has accepted the request. */
  readonly locations: AnswerLocations | undefined
  /** Rows that share the request. */
  readonly rows: number
}

/** News of a request. */
export interface Completion {
  /** Name of the request. */
  readonly name: string
  /** Whether there is an answer, or an error. */
  readonly succeeded: boolean
  /** What the service says of a failure. */
  readonly reason?: string | undefined
  /** Called when the outcome is durable, or is known already. */
  settled(): void
}

/** Objects in S3. */
export interface WatchedObjects {
  /** Whether there is an object. */
  exists(uri: string, signal?: AbortSignal): Promise<boolean>
  /** The URIs of objects that start with a prefix, in their order, a page of at most 1,000 at a time. */
  list(prefix: string, options: ListOptions): AsyncIterable<readonly string[]>
}

/** Options of a listing. */
export interface ListOptions {
  /** URI after which to start; it need not exist. */
  readonly startAfter?: string | undefined
  /** Ends the listing. */
  readonly signal?: AbortSignal | undefined
}

/** What a source of completions watches. */
export interface CompletionContext {
  /** Id of the job. */
  readonly jobId: string
  /** Objects in S3, for sources that look there. */
  readonly objects: WatchedObjects
  /** Aborts when the job ends. */
  readonly signal: AbortSignal
  /** The requests without an answer, oldest first. */
  requests(): Iterable<WatchedRequest>
  /** One of them. */
  request(name: string): WatchedRequest | undefined
  /** Resolves when there is such a request. */
  waitForRequests(): Promise<void>
}

/** How an engine learns that asynchronous requests have ended. `listPrefix()` and `sqsQueue()` make one. */
export interface CompletionSource {
  /** Yields news until the signal aborts. News may come twice, and of requests that are long done. */
  watch(context: CompletionContext): AsyncIterable<Completion>
  /** Closes connections. */
  close(): void
}
