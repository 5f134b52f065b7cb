import type { Attempt, PartialAnswer } from './sagemaker-error.ts'

/** Where a failure occurred, for the error that tells of it. */
export interface ErrorContext {
  /** Name of the endpoint that was called. */
  readonly endpointName: string
  /** Body of the request. Its text is taken out of what is quoted in messages. */
  readonly request?: string | Uint8Array | undefined
  /** HTTP status of SageMaker's answer. */
  readonly statusCode?: number | undefined
  /** SageMaker's id of the request. */
  readonly requestId?: string | undefined
  /** Attempts that were made. */
  readonly attempts?: readonly Attempt[] | undefined
  /** What had arrived of the answer. */
  readonly partial?: PartialAnswer | undefined
  /** Embeddings: position of the text that failed. */
  readonly index?: number | undefined
  /** Embeddings: the caller's name for the text that failed. */
  readonly id?: string | undefined
}
