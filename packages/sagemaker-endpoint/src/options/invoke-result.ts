/** A whole answer. */
export interface InvokeResult {
  /** The container's answer, byte for byte. */
  readonly body: Uint8Array
  /** Metadata of the response. */
  readonly metadata: InvokeMetadata
}

/** Moments of a call, in milliseconds since it began. */
export interface InvokeTimings {
  /** The call had a place among `maxConcurrency`. */
  readonly queuedMs: number
  /** The response headers of the attempt that succeeded had arrived. */
  readonly headersMs: number
  /** The first byte of the answer had arrived. */
  readonly firstByteMs: number
  /** The whole answer had arrived; `undefined` for a stream, whose metadata are given when it begins. */
  readonly durationMs: number | undefined
}

/** Metadata of a response. */
export interface InvokeMetadata {
  /** SageMaker's id of the request. */
  readonly requestId: string | undefined
  /** HTTP status of SageMaker's answer, 2xx. */
  readonly statusCode: number
  /** Media type of the container's answer, within a stream too. */
  readonly contentType: string | undefined
  /** The production variant that answered. */
  readonly invokedProductionVariant: string | undefined
  /** What the container gave back as custom attributes. */
  readonly customAttributes: string | undefined
  /** Id of the session that this call created. */
  readonly newSessionId: string | undefined
  /** When that session ends. */
  readonly newSessionExpiresAt?: Date | undefined
  /** Attempts made, the successful one included. */
  readonly attempts: number
  /** Moments of the call. */
  readonly timings: InvokeTimings
}

/** Where the answer of an asynchronous call will be. */
export interface InvokeAsyncResult {
  /** Id of the request: yours, or one that SageMaker has made. */
  readonly inferenceId: string
  /** S3 URI that the answer is written to, once there is one. */
  readonly outputLocation: string
  /** S3 URI that the error is written to if the call fails; `undefined` if the endpoint has no place for errors. */
  readonly failureLocation: string | undefined
}
