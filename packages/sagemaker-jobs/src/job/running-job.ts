import { SagemakerError } from '@x/sagemaker-endpoint'
import type { AnswerLocations, EngineItem, EngineRequest, EngineRow, EngineWork } from '../contract/job-engine.ts'
import type { JobResult } from '../contract/job-result.ts'
import type { JobStatus } from '../contract/job-status.ts'
import type { StoreLock } from '../contract/job-store.ts'
import type { JobDescription } from '../journal/job-description.ts'
import type { JobLedger } from '../journal/job-ledger.ts'
import { LogWriter } from '../journal/log-writer.ts'
import { requestLine, type RequestRecord } from '../journal/request-record.ts'
import { resultLine, stateOfFailure, type ResultSummary } from '../journal/result-record.ts'
import type { Job, ResultOptions } from './job.ts'
import type { JobOptions } from './job-options.ts'
import { LogSignal, resultStream } from './result-stream.ts'
import { type ReadRow, RowReader } from './row-reader.ts'
import { statusOf } from './status-of.ts'
import { waitFor } from './wait-for.ts'

/** A job that this process works on. */
export class RunningJob<I, O> implements Job<O> {
  readonly id: string
  readonly #options: JobOptions<I, O>
  readonly #ledger: JobLedger
  readonly #requests: LogWriter
  readonly #results: LogWriter
  readonly #stopping = new AbortController()
  readonly #log = new LogSignal()
  readonly #startedAtMs = performance.now()
  readonly #run: Promise<void>
  #isCancelled = false
  #handedOut = 0
  #finished = 0

  /** Starts to work. */
  constructor({ id }: JobDescription, options: JobOptions<I, O>, ledger: JobLedger, lock: StoreLock) {
    this.id = id
    this.#options = options
    this.#ledger = ledger
    this.#requests = new LogWriter(options.store, 'requests')
    this.#results = new LogWriter(options.store, 'results')
    this.#run = this.#work(lock)
    // Reported by `wait` and `results`, if anybody calls them.
    this.#run.catch(() => {})
  }

  async status(): Promise<JobStatus> {
    return this.#status()
  }

  async *results({ ordered = false }: ResultOptions = {}): AsyncGenerator<JobResult<O>, void, undefined> {
    yield* resultStream<O>(this.#options.store, this.#ledger.table, this.#log, ordered)
    await this.#run
  }

  async wait({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<JobStatus> {
    await waitFor(this.#run, signal)
    return this.#status()
  }

  async cancel(): Promise<JobStatus> {
    this.#isCancelled = true
    await this.close()
    return this.#status()
  }

  async close(): Promise<void> {
    this.#stopping.abort(new SagemakerError('aborted', `the job ${this.id} was stopped.`))
    await this.#run.catch(() => {})
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #status(): JobStatus {
    const seconds = (performance.now() - this.#startedAtMs) / 1000
    return statusOf(this.#ledger, {
      isRunning: !this.#log.hasEnded,
      inFlight: this.#log.hasEnded ? 0 : this.#handedOut - this.#finished,
      rowsPerSecond: seconds > 0 ? this.#finished / seconds : 0,
    })
  }

  async #work(lock: StoreLock): Promise<void> {
    const { engine, rows, store, codec } = this.#options
    const signal = AbortSignal.any([this.#stopping.signal, lock.lost])
    const refusals: Promise<void>[] = []
    const reader = new RowReader(rows, this.#ledger, store.location, (row) => {
      refusals.push(this.#append([{ row, outcome: row.error }]))
    })
    const work: EngineWork<I, O> = {
      jobId: this.id,
      codec,
      signal,
      isCancelled: () => this.#isCancelled,
      hasOutputs: () => this.#ledger.table.count('done') > 0,
      items: (maxRows) => this.#handOut(reader.items(maxRows), signal),
      submit: (each) => this.#submit(each as readonly ReadRow<I>[]),
      accept: (request, locations) => this.#accept(request, locations),
      finish: (each, outcomes) =>
        this.#append(each.map((row, at) => ({ row: row as ReadRow<I>, outcome: outcomes[at] as O | Error }))),
    }
    try {
      await engine.run(work)
      await Promise.all(refusals)
      if (!signal.aborted) await this.#record({ kind: 'ended', total: reader.length })
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw lock.lost.aborted ? lock.lost.reason : error
    } finally {
      await Promise.allSettled([...refusals, this.#requests.close(), this.#results.close()])
      engine.close()
      await lock.release().catch(() => {})
      this.#log.end()
    }
    if (lock.lost.aborted) throw lock.lost.reason
  }

  async *#handOut(items: AsyncIterable<EngineItem<I>>, signal: AbortSignal): AsyncGenerator<EngineItem<I>> {
    for await (const item of items) {
      if (signal.aborted) return
      const rows = item.rows ?? item.request.rows
      this.#handedOut += rows.filter(({ index }) => this.#ledger.table.stateOf(index) !== 'done').length
      yield item
    }
  }

  async #submit(rows: readonly ReadRow<I>[]): Promise<EngineRequest<I>> {
    const name = this.#ledger.newName()
    const recordedAtMs = Date.now()
    // One attempt for all, because an outcome of an earlier attempt than the record is dropped.
    const attempt = rows.reduce((most, row) => Math.max(most, row.attempt), 1)
    const sent = rows.map((row) => ({ ...row, attempt }))
    await this.#record({ kind: 'submitted', name, attempt, atMs: recordedAtMs, rows: sent })
    return { name, rows: sent, recordedAtMs }
  }

  #accept({ name }: Pick<EngineRequest<I>, 'name'>, locations: AnswerLocations): Promise<void> {
    return this.#record({ kind: 'accepted', name, locations })
  }

  #record(record: RequestRecord): Promise<void> {
    this.#ledger.applyRequest(record)
    return this.#requests.append(requestLine(record))
  }

  async #append(
    news: readonly { readonly row: Omit<ReadRow<unknown>, 'input'>; readonly outcome: unknown }[],
  ): Promise<void> {
    const lines: string[] = []
    for (const { row, outcome } of news) {
      const error = outcome instanceof Error ? asSagemakerError(outcome, row) : undefined
      const state = error === undefined ? 'done' : stateOfFailure(error)
      if (!this.#ledger.applyResult({ ...row, state } as ResultSummary)) continue
      if (!('error' in row)) this.#finished++
      lines.push(resultLine(row, error === undefined ? { output: outcome } : { error }))
    }
    if (lines.length === 0) return
    await this.#results.append(lines.join(''))
    this.#log.notify()
  }
}

function asSagemakerError(error: Error, { index, id }: EngineRow<unknown> | Omit<ReadRow<unknown>, 'input'>) {
  const known = SagemakerError.is(error) ? error : new SagemakerError('model-error', error.message, { cause: error })
  return known.with({ index, id })
}
