import { checkNumbers } from '../options/check-numbers.ts'
import type { TimeLimits } from '../options/endpoint-options.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'

/** Time limits with their defaults, in milliseconds. */
export type ResolvedTimeLimits = { readonly [limit in keyof TimeLimits]-?: number }

/**
 * Members of the call go before those of the endpoint.
 *
 * @throws SagemakerError with code `invalid-request` for a limit below 1 ms.
 */
export function timeLimits(endpoint: TimeLimits = {}, call: TimeLimits = {}): ResolvedTimeLimits {
  const limits = {
    connectMs: call.connectMs ?? endpoint.connectMs ?? 5_000,
    // SageMaker gives a container 60 s; its own error should arrive before ours.
    firstByteMs: call.firstByteMs ?? endpoint.firstByteMs ?? 70_000,
    idleMs: call.idleMs ?? endpoint.idleMs ?? 60_000,
    totalMs: call.totalMs ?? endpoint.totalMs ?? Number.POSITIVE_INFINITY,
  }
  checkNumbers(limits, 1)
  return limits
}

const waitedFor: Readonly<Record<'firstByteMs' | 'idleMs' | 'totalMs', string>> = {
  firstByteMs: 'no byte of the answer arrived',
  idleMs: 'nothing more of the answer arrived',
  totalMs: 'the call was not done',
}

/** The error for one of our own limits. */
export function timeLimitError(limit: keyof typeof waitedFor, limitMs: number, endpointName: string): SagemakerError {
  const what = `${waitedFor[limit]} within timeouts.${limit} of ${limitMs} ms`
  const text = `${what} (endpoint ${endpointName}). Raise the limit if the model needs longer.`
  return new SagemakerError('timeout', text, { endpointName })
}
