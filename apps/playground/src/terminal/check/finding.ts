import { SagemakerError } from '@x/sagemaker-endpoint'

/** Names of the checks, in the order in which they run. */
export const checkNames = [
  'ping',
  'contract',
  'answer',
  'stream',
  'cuts',
  'usage',
  'stop',
  'tools',
  'json',
  'openai',
  'errors',
  'payload',
  'duration',
  'load',
  'leave',
] as const

/** Checks that can be left out: all others need the format. */
export const optionalCheckNames: readonly CheckName[] = checkNames.filter((name) => name !== 'contract')

export type CheckName = (typeof checkNames)[number]

/** What a check found out. */
export interface Finding {
  readonly verdict: 'pass' | 'warn' | 'fail' | 'skipped'
  /** A sentence for the reader. Text of the container in it is not escaped. */
  readonly detail: string
}

export interface CheckResult extends Finding {
  readonly check: CheckName
  readonly durationMs: number
}

export const pass = (detail: string): Finding => ({ verdict: 'pass', detail })
export const warn = (detail: string): Finding => ({ verdict: 'warn', detail })
export const fail = (detail: string): Finding => ({ verdict: 'fail', detail })
export const skipped = (detail: string): Finding => ({ verdict: 'skipped', detail })

/**
 * Runs a check. An error of a call fails it.
 *
 * @throws {SagemakerError} `aborted`
 */
export async function runCheck(check: CheckName, find: () => Promise<Finding> | Finding): Promise<CheckResult> {
  const startedAt = performance.now()
  const finding = await Promise.resolve()
    .then(find)
    .catch((error: unknown) => fail(callError(error).message))
  return { check, ...finding, durationMs: Math.round(performance.now() - startedAt) }
}

/**
 * Narrows an error to the error of a call.
 *
 * @throws whatever else it is, and `aborted`.
 */
export function callError(error: unknown): SagemakerError {
  if (!SagemakerError.is(error) || error.code === 'aborted') throw error
  return error
}

/** Whether a request was not sent because its content handler has no such option. */
export const wasNotSent = ({ code, statusCode }: SagemakerError): boolean =>
  code === 'invalid-request' && statusCode === undefined

/** Shortens text of a container for a sentence. */
export function excerpt(text: string, length: number = 120): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}
