import { randomUUID } from 'node:crypto'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { descriptionText, type JobDescription } from '../journal/job-description.ts'
import { JobLedger } from '../journal/job-ledger.ts'
import type { Job } from './job.ts'
import type { JobOptions } from './job-options.ts'
import { RunningJob } from './running-job.ts'

/**
 * Starts a job: sends rows through the engine, and keeps in the store what was sent and every result. If the process dies, `openJob`
 * with the same options goes on where it was: no row is lost, none has two results, and at most the rows in flight are sent again.
 *
 * @throws {SagemakerError} `job-exists` if the store has a job; `job-locked` if another process is starting one. What fails later is
 * thrown by `wait()` and `results()`.
 */
export async function startJob<I, O>(options: JobOptions<I, O>): Promise<Job<O>> {
  const { store, engine, codec } = options
  const description: JobDescription = {
    id: randomUUID().replaceAll('-', '').slice(0, 12),
    engine: engine.kind,
    target: engine.target,
    codec: codec.name,
  }
  const lock = await store.lock()
  let isNew = false
  try {
    isNew = await store.createDescription(descriptionText(description))
  } finally {
    if (!isNew) await lock.release()
  }
  if (!isNew) {
    throw new SagemakerError(
      'job-exists',
      `there is a job in ${store.location}. Go on with openJob, or take another store.`,
    )
  }
  return new RunningJob(description, options, new JobLedger(), lock)
}
