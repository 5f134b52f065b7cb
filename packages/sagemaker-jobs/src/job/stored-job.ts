import { setTimeout as sleep } from 'node:timers/promises'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { JobResult } from '../contract/job-result.ts'
import type { JobStatus } from '../contract/job-status.ts'
import type { JobStore } from '../contract/job-store.ts'
import type { JobDescription } from '../journal/job-description.ts'
import { JobLedger } from '../journal/job-ledger.ts'
import { LogReplay } from '../journal/replay.ts'
import type { Job, ResultOptions } from './job.ts'
import { LogSignal, resultStream } from './result-stream.ts'
import { statusOf } from './status-of.ts'

/** A job that this process only looks at. It writes and sends nothing. */
export class StoredJob<O> implements Job<O> {
  readonly id: string
  readonly #store: JobStore
  readonly #ledger = new JobLedger()
  readonly #replay: LogReplay
  #reading: Promise<unknown> = Promise.resolve()

  constructor({ id }: JobDescription, store: JobStore) {
    this.id = id
    this.#store = store
    this.#replay = new LogReplay(store, this.#ledger)
  }

  async status(): Promise<JobStatus> {
    // Asked before the logs are read: a process that ends in between has written everything.
    const isRunning = await this.#store.isLocked()
    await this.#refresh()
    const inFlight = isRunning ? this.#ledger.table.count('submitted') : 0
    return statusOf(this.#ledger, { isRunning, inFlight, rowsPerSecond: 0 })
  }

  /** Yields what is stored when it is called. */
  async *results({ ordered = false }: ResultOptions = {}): AsyncGenerator<JobResult<O>, void, undefined> {
    await this.#refresh()
    const ended = new LogSignal()
    ended.end()
    yield* resultStream<O>(this.#store, this.#ledger.table, ended, ordered)
  }

  /** Resolves when no process works on the job. Looks every second. */
  async wait({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<JobStatus> {
    for (;;) {
      if (signal?.aborted === true) {
        throw new SagemakerError('aborted', 'waiting was aborted; the job goes on.', { cause: signal.reason })
      }
      const status = await this.status()
      if (status.state !== 'running') return status
      await sleep(1000, undefined, signal === undefined ? {} : { signal }).catch(() => {})
    }
  }

  /** @throws {SagemakerError} `invalid-request`: only the process that works on the job can cancel it. */
  async cancel(): Promise<JobStatus> {
    const message = `the job in ${this.#store.location} was opened to read it. Cancel it in the process that works on it, or open it with rows, codec and engine.`
    throw new SagemakerError('invalid-request', message)
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}

  /** One at a time: two that read the same lines would count them twice. */
  #refresh(): Promise<void> {
    const next = this.#reading.then(() => this.#replay.next())
    this.#reading = next.catch(() => {})
    return next
  }
}
