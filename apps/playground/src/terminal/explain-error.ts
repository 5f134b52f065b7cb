import type { SagemakerError } from '@x/sagemaker-endpoint'
import { adviceFor } from '../protocol/error-advice.ts'

/** What a failed call means, in lines. */
export interface Explanation {
  readonly code: SagemakerError['code']
  readonly message: string
  /** What to do about it. */
  readonly advice: string
  readonly retryable: boolean
  readonly requestId?: string
  readonly logStreamArn?: string
}

/** Where the terminal has other means than the page. */
const terminalAdvice: Partial<Record<SagemakerError['code'], string>> = {
  aborted: 'You stopped this call. Nothing to do.',
  credentials: 'No usable AWS credentials were found. Sign in (aws sso login), or choose others with --profile.',
  'eula-not-accepted': "This model wants its licence accepted: --custom-attributes 'accept_eula=true'.",
  'unexpected-response':
    "The container's format is not known, or is another one than --handler says. `npx @x/playground doctor` identifies it.",
  'invalid-request':
    'The container rejects this request; its message says why. `npx @x/playground doctor` identifies its format.',
}

/** @param url - the local runtime that was called; none for AWS. */
export function explainError(error: SagemakerError, url?: string): Explanation {
  const { code, message, retryable, requestId, logStreamArn } = error
  const nobodyThere = code === 'connection' && url !== undefined
  const advice = nobodyThere
    ? `Nothing answers at ${url}. Is it started (npx @x/sagemaker-local), and is the port right?`
    : code === 'invalid-request' && error.statusCode === undefined
      ? 'This request was not sent: correct the command line or the environment.'
      : (terminalAdvice[code] ?? adviceFor(code))
  return {
    code,
    message,
    advice,
    retryable,
    ...(requestId !== undefined && { requestId }),
    ...(logStreamArn !== undefined && { logStreamArn }),
  }
}
