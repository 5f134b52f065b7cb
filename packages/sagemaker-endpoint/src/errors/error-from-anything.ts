import { StreamDecodeError } from '@x/stream-core/decoders'
import { ReportedFailure } from './reported-failure.ts'
import type { ErrorContext } from './error-context.ts'
import { errorFromException, isTimeLimit } from './error-from-exception.ts'
import { errorFromFailure } from './error-from-failure.ts'
import { SagemakerError } from './sagemaker-error.ts'
import { brokenOff, damaged } from './stream-errors.ts'

/** The error for whatever ends an exchange; a value that ends it without being an error of ours is kept as it is. */
export function errorFromAnything(reason: unknown, context: ErrorContext): SagemakerError {
  if (SagemakerError.is(reason)) return reason
  if (reason instanceof ReportedFailure) return errorFromFailure(reason.failure, context)
  if (StreamDecodeError.is(reason)) return damaged(reason, context)
  const isBrokenOff = context.partial !== undefined && !isTimeLimit(reason)
  return isBrokenOff ? brokenOff(reason, context) : errorFromException(reason, context)
}
