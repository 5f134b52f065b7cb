import type { SagemakerError } from '@x/sagemaker-endpoint'

/** What became of a text: its vector, why it has none, or neither if the call had failed before it was sent. */
export interface TextOutcome {
  readonly vector?: Float32Array | undefined
  readonly error?: SagemakerError | undefined
}

/** Of a text that was not sent. */
export const notSent: TextOutcome = {}
