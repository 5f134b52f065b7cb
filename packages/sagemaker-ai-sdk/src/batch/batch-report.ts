import type {
  Experimental_BatchV4Error,
  Experimental_BatchV4ItemResult,
  Experimental_BatchV4Status,
} from '@ai-sdk/provider'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { JobResult, JobStatus } from '@x/sagemaker-jobs'
import type { GenerateResult } from '../contract/stream-part.ts'
import type { BatchDescription } from './batch-folder.ts'

/** What decides on the status of a batch. */
export interface BatchFacts {
  readonly description: BatchDescription
  /** `undefined`: the job has not been started yet. */
  readonly job: JobStatus | undefined
  readonly isCancelled: boolean
  /** What has ended the work of this process on it. */
  readonly error: unknown
}

/** The status of a batch in the form of the AI SDK. A cancelled batch has failed; what was answered before can be read. */
export function batchStatus({ description, job, isCancelled, error }: BatchFacts): Experimental_BatchV4Status {
  const { done = 0, failed = 0, expired = 0, state = 'stopped' } = job ?? {}
  const { total, createdAt } = description
  const pending = total - done - failed - expired
  const requestCounts = { total, pending, completed: done, failed: failed + expired }
  if (state === 'complete' || state === 'partial') {
    return { status: 'completed', rawStatus: state, requestCounts, createdAt }
  }
  if (isCancelled) {
    const cancelled = { message: 'The batch was cancelled.', code: 'aborted' }
    return { status: 'failed', rawStatus: 'cancelled', requestCounts, createdAt, error: cancelled }
  }
  if (error !== undefined) {
    return { status: 'failed', rawStatus: 'stopped', requestCounts, createdAt, error: batchError(error) }
  }
  return { status: 'pending', rawStatus: state, requestCounts, createdAt }
}

/** A result of a job in the form of the AI SDK. */
export function batchItem({ id, output, error }: JobResult<GenerateResult>): Experimental_BatchV4ItemResult {
  if (error === undefined) return { type: 'text', id, status: 'succeeded', result: withDate(output) }
  return { type: 'text', id, status: error.code === 'timeout' ? 'expired' : 'failed', error: batchError(error) }
}

function batchError(error: unknown): Experimental_BatchV4Error {
  if (!SagemakerError.is(error)) return { message: error instanceof Error ? error.message : String(error) }
  const { message, code, originalStatusCode, statusCode = 0 } = error
  const status = originalStatusCode || statusCode
  return { message, code, ...(status > 0 && { statusCode: status }) }
}

/** The store keeps JSON: the time of the answer is a text there. */
function withDate(result: GenerateResult): GenerateResult {
  const { timestamp, ...response } = result.response
  return { ...result, response: { ...response, ...(timestamp !== undefined && { timestamp: new Date(timestamp) }) } }
}
