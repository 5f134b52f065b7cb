import type { JobState, JobStatus } from '../contract/job-status.ts'
import type { JobLedger } from '../journal/job-ledger.ts'

/** The status that a ledger and the state of the work on it amount to. */
export function statusOf(
  { table, total }: JobLedger,
  { isRunning, inFlight, rowsPerSecond }: { isRunning: boolean; inFlight: number; rowsPerSecond: number },
): JobStatus {
  const done = table.count('done')
  const expired = table.count('expired')
  const failed = table.count('failed') + table.count('retryable')
  const hasEnded = total !== undefined && done + expired + failed >= total
  const state: JobState = isRunning ? 'running' : !hasEnded ? 'stopped' : done === total ? 'complete' : 'partial'
  return { state, total, done, failed, inFlight, expired, rowsPerSecond }
}
