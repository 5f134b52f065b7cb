import type { SagemakerError } from '../../errors/sagemaker-error.ts'

/** What became of an item: its result, or why it has none. */
export type Outcome<Result> =
  | { readonly result: Result; readonly error?: undefined }
  | { readonly result?: undefined; readonly error: SagemakerError }

/** Outcomes in the order of the items; `undefined` for items that were not sent because the call had failed before. */
export type Outcomes<Result> = readonly (Outcome<Result> | undefined)[]
