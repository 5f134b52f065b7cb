/** What an asynchronous call works on, and how. */
export type InvokeAsyncInput = InvokeAsyncSettings & (StoredInput | InlineInput)

/** Input that lies in S3. */
export interface StoredInput {
  /** S3 URI of the input, such as `s3://my-bucket/input.json`. The endpoint's role must be allowed to read it. */
  readonly inputLocation: string
  /** Not allowed together with `inputLocation`. */
  readonly body?: undefined
}

/** Input that is sent with the call. */
export interface InlineInput {
  /** The input itself, at most 128,000 bytes. */
  readonly body: Uint8Array | string
  /** Not allowed together with `body`. */
  readonly inputLocation?: undefined
}

/** How an asynchronous call is carried out. */
export interface InvokeAsyncSettings {
  /**
   * Name of the object that the answer is written to.
   *
   * @defaultValue made from the inference id
   */
  readonly filename?: string | undefined
  /**
   * Appended to the output path of the endpoint.
   *
   * @defaultValue nothing
   */
  readonly outputPathExtension?: string | undefined
  /**
   * How long the request may wait in the endpoint's queue, in whole seconds.
   *
   * @defaultValue SageMaker's, 21,600
   */
  readonly requestTtlSeconds?: number | undefined
  /**
   * How long the container may work on the request, in whole seconds.
   *
   * @defaultValue SageMaker's, 900
   */
  readonly invocationTimeoutSeconds?: number | undefined
}
