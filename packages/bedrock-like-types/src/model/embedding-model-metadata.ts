/**
 * What is known about an embedding model before it is called.
 *
 * @public
 */
export interface EmbeddingModelMetadata {
  /** For logs and telemetry; not sent unless it was given as an option. */
  readonly modelName: string
  /** Most texts in one request. */
  readonly embedBatchSize: number
  /** Length of a vector; `undefined` when it was not configured. */
  readonly dimensions: number | undefined
}
