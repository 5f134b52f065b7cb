import type { SagemakerError } from '@x/sagemaker-endpoint'

/** What became of a text that was sent. */
export type TextOutcome =
  | { readonly vector: Float32Array; readonly error?: undefined }
  | { readonly vector?: undefined; readonly error: SagemakerError }
