import type { JobStore } from '../contract/job-store.ts'
import type { JobLedger } from './job-ledger.ts'
import { LogLines } from './log-lines.ts'
import { readRequestLine } from './request-record.ts'
import { readResultSummary } from './result-record.ts'

/** Applies the logs of a store to a ledger. */
export class LogReplay {
  readonly #ledger: JobLedger
  readonly #requests: LogLines
  readonly #results: LogLines

  constructor(store: JobStore, ledger: JobLedger) {
    this.#ledger = ledger
    this.#requests = new LogLines(store, 'requests')
    this.#results = new LogLines(store, 'results')
  }

  /**
   * Applies what was added since the last call.
   *
   * @throws {SagemakerError} `invalid-row` if a line is damaged
   */
  async next(): Promise<void> {
    for await (const lines of this.#requests.next()) {
      for (const [position, line] of lines.entries()) {
        const record = readRequestLine(line)
        if (record === undefined) throw this.#requests.invalid(position)
        this.#ledger.applyRequest(record)
      }
    }
    for await (const lines of this.#results.next()) {
      for (const [position, line] of lines.entries()) {
        const summary = readResultSummary(line)
        if (summary === undefined) throw this.#results.invalid(position)
        this.#ledger.applyResult(summary)
      }
    }
  }
}
