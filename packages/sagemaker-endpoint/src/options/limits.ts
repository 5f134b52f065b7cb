import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { RetryOptions, TimeLimits } from './endpoint-options.ts'

/** SageMaker's own rule for names of endpoints and inference components, except for a hyphen at the end. */
const nameOfResource = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/

/**
 * Rejects a name that no endpoint and no inference component can have. Such a name could change the path of a request.
 *
 * @throws {SagemakerError} with code `invalid-request`.
 */
export function checkResourceName(option: string, name: unknown): void {
  if (typeof name === 'string' && nameOfResource.test(name)) return
  const given = typeof name === 'string' ? JSON.stringify(name.slice(0, 100)) : String(name)
  throw new SagemakerError(
    'invalid-request',
    `${option} is ${given}; it must be 1 to 63 letters, digits and hyphens, and start with a letter or a digit.`,
  )
}

/**
 * Rejects nonsensical limits, such as 0 or `NaN`, with which a call would never end.
 *
 * @throws {SagemakerError} with code `invalid-request`.
 */
export function checkNumbers(numbers: Readonly<Record<string, number>>, lowest: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value >= lowest) continue
    throw new SagemakerError('invalid-request', `${name} is ${value}; it must be a number from ${lowest}.`)
  }
}

/** Time limits with their defaults, in milliseconds. */
export type ResolvedTimeLimits = { readonly [limit in keyof TimeLimits]-?: number }

/**
 * Members of the call go before those of the endpoint.
 *
 * @throws {SagemakerError} with code `invalid-request` for a limit below 1 ms.
 */
export function resolveTimeLimits(endpoint: TimeLimits = {}, call: TimeLimits = {}): ResolvedTimeLimits {
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

/** The error for one of our limits. */
export function timeLimitError(limit: keyof typeof waitedFor, limitMs: number, endpointName: string): SagemakerError {
  const what = `${waitedFor[limit]} within timeouts.${limit} of ${limitMs} ms`
  const text = `${what} (endpoint ${endpointName}). Raise the limit if the model needs longer.`
  return new SagemakerError('timeout', text, { endpointName })
}

/** Retry options with their defaults. */
export interface RetryLimits {
  readonly maxAttempts: number
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  readonly readyWithinMs: number
}

/**
 * Members of the call go before those of the endpoint.
 *
 * @throws {SagemakerError} with code `invalid-request` for fewer than one attempt or a negative time.
 */
export function resolveRetryLimits(endpoint: RetryOptions = {}, call: RetryOptions = {}): RetryLimits {
  const maxAttempts = call.maxAttempts ?? endpoint.maxAttempts ?? 3
  const times = {
    baseDelayMs: call.baseDelayMs ?? endpoint.baseDelayMs ?? 100,
    maxDelayMs: call.maxDelayMs ?? endpoint.maxDelayMs ?? 20_000,
    readyWithinMs: call.readyWithinMs ?? endpoint.readyWithinMs ?? 0,
  }
  checkNumbers({ maxAttempts }, 1)
  checkNumbers(times, 0)
  return { maxAttempts, ...times }
}
