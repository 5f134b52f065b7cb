import { SagemakerError } from '@x/sagemaker-endpoint'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { explainError } from './explain-error.ts'
import type { TerminalContext } from './terminal-context.ts'

/** The error of a call as it is printed. */
export interface ErrorReport {
  /** As a line of JSON among the results, too. */
  readonly json?: boolean | undefined
  /** The local runtime that was called. */
  readonly url?: string | undefined
}

/**
 * Tells of the error of a call on standard error, and gives the exit code for it.
 *
 * @throws whatever is no error of a call.
 */
export async function reportError(
  error: unknown,
  { notes, output }: Pick<TerminalContext, 'notes' | 'output'>,
  { json, url }: ErrorReport,
): Promise<ExitCode> {
  if (!SagemakerError.is(error)) throw error
  if (error.code === 'aborted') return exitCodes.interrupted
  const { advice, message, logStreamArn } = explainError(error, url)
  if (json === true) await output.json({ type: 'error', ...explainError(error, url) })
  await notes.line(`${notes.style('red', 'playground:')} ${notes.foreign(message)}`)
  await notes.line(`  ${advice}`)
  if (logStreamArn !== undefined) await notes.line(`  Log: ${notes.foreign(logStreamArn)}`)
  return exitCodes.failure
}
