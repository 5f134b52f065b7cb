import { SagemakerError } from '../index.ts'

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<SagemakerError> {
  const outcome: unknown = await call.then(
    () => 'no error',
    (error: unknown) => error,
  )
  if (SagemakerError.is(outcome)) return outcome
  throw new Error(`Not a SagemakerError: ${String(outcome)}`)
}
