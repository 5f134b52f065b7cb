import { SagemakerError } from '@x/sagemaker-endpoint'
import type { RunEventOf } from '../protocol/run-event.ts'
import { adviceFor } from '../protocol/error-advice.ts'

/** What the page shows of an error. */
export function errorEvent(error: SagemakerError, at: number): RunEventOf<'error'> {
  return {
    type: 'error',
    at,
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    advice: adviceFor(error.code),
    statusCode: error.statusCode,
    originalStatusCode: error.originalStatusCode,
    originalMessage: error.originalMessage ?? error.snippet,
    requestId: error.requestId,
    logStreamArn: error.logStreamArn,
    attempts: error.attempts.length,
  }
}

/** Every failure of a call as the error that the page can explain. */
export const toSagemakerError = (error: unknown): SagemakerError =>
  SagemakerError.is(error) ? error : new SagemakerError('unexpected-response', String(error), { cause: error })
