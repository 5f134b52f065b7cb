import type { SagemakerError } from '@x/sagemaker-endpoint'

/** What became of a row: its output, or why it has none. */
export type JobResult<O> =
  | { readonly id: string; readonly index: number; readonly output: O; readonly error?: undefined }
  | { readonly id: string; readonly index: number; readonly error: SagemakerError; readonly output?: undefined }
