/** Where a call was made: in another program, with `captureTo`; in a capture file that was loaded; or in a view of this page. */
export type ObservedOrigin = 'program' | 'file' | 'conversation' | 'embeddings' | 'scores' | 'doctor'

/** A call that was observed, without what it sent and received. */
export interface ObservedCall {
  readonly id: string
  readonly origin: ObservedOrigin
  readonly endpointName: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly status: 'running' | 'done' | 'failed'
  /** Code of the error of a call that failed. */
  readonly code?: string | undefined
  readonly receivedBytes: number
  /** Milliseconds from the start of the call to its latest event. */
  readonly durationMs: number
}

/** What the page learns about observed calls: every change of one, or that it is no longer kept. */
export type ObservedCallEvent =
  | { readonly type: 'call'; readonly call: ObservedCall }
  | { readonly type: 'forgotten'; readonly id: string }
