import { SagemakerError } from '@x/sagemaker-endpoint'
import type { JobStore } from '../contract/job-store.ts'
import { checkUnchanged, type JobDescription, readDescription } from '../journal/job-description.ts'
import { JobLedger } from '../journal/job-ledger.ts'
import { LogReplay } from '../journal/replay.ts'
import type { Job } from './job.ts'
import type { JobOptions } from './job-options.ts'
import { RunningJob } from './running-job.ts'
import { StoredJob } from './stored-job.ts'

/**
 * Goes on with a job, with the options that it was started with. Rows that have a result are skipped; rows that failed for a passing
 * reason and expired ones are sent again; answers to asynchronous calls of the process before are fetched.
 *
 * @throws {SagemakerError} `invalid-request` if the store has no job; `job-changed` if engine, endpoint or codec are not those that the
 * job was started with (`wait()` and `results()` throw it for changed rows); `job-locked` if another process works on it;
 * `invalid-configuration` if a newer version of this package has written it.
 */
export function openJob<I, O>(options: JobOptions<I, O>): Promise<Job<O>>
/** Opens a job to read its status and its stored results. Sends and writes nothing; another process may be working on it. */
export function openJob<O = unknown>(stored: JobStore | { readonly store: JobStore }): Promise<Job<O>>
export async function openJob<I, O>(
  options: JobOptions<I, O> | JobStore | { readonly store: JobStore },
): Promise<Job<O>> {
  const store = 'store' in options ? options.store : options
  if (!('rows' in options)) return new StoredJob<O>(await describe(store), store)
  const lock = await store.lock()
  try {
    const description = await describe(store)
    const { engine, codec } = options
    checkUnchanged(description, { engine: engine.kind, target: engine.target, codec: codec.name }, store.location)
    const ledger = new JobLedger()
    await new LogReplay(store, ledger).next()
    ledger.table.reopen()
    return new RunningJob(description, options, ledger, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function describe(store: JobStore): Promise<JobDescription> {
  const text = await store.readDescription()
  if (text !== undefined) return readDescription(text, store.location)
  throw new SagemakerError('invalid-request', `there is no job in ${store.location}. Start one with startJob.`)
}
