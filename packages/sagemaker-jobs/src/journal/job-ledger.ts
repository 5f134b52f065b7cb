import type { AnswerLocations } from '../contract/job-engine.ts'
import { RowTable } from '../rows/row-table.ts'
import type { RecordedRow, RequestRecord } from './request-record.ts'
import type { ResultSummary } from './result-record.ts'

/** A request that may have been sent and whose rows do not all have an outcome. */
export interface OpenRequest {
  readonly name: string
  readonly attempt: number
  readonly atMs: number
  readonly rows: readonly RecordedRow[]
  locations: AnswerLocations | undefined
}

/**
 * What the logs of a job say: the state of every row, and the open requests. Pure: the same lines give the same ledger, whether they
 * are replayed or have just been written.
 */
export class JobLedger {
  readonly table: RowTable = new RowTable()
  readonly #open = new Map<string, OpenRequest>()
  /** The request that a row was last part of, for rows of open requests. */
  readonly #requestOf = new Map<number, OpenRequest>()
  #nextName = 1
  #total: number | undefined

  /** Rows of the input, once a run has finished all of them. */
  get total(): number | undefined {
    return this.#total
  }

  /** Memory of what grows with the rows, in bytes. */
  get byteLength(): number {
    return this.table.byteLength
  }

  /** Open requests, oldest first. */
  get openRequests(): readonly OpenRequest[] {
    return [...this.#open.values()]
  }

  /** The open request that a row belongs to. */
  requestOf(index: number): OpenRequest | undefined {
    return this.#requestOf.get(index)
  }

  /** A name that no request has. */
  newName(): string {
    return String(this.#nextName++).padStart(7, '0')
  }

  /** Applies a line of the log `requests`. */
  applyRequest(record: RequestRecord): void {
    switch (record.kind) {
      case 'ended':
        this.#total = record.total
        return
      case 'accepted': {
        const request = this.#open.get(record.name)
        if (request !== undefined) request.locations = record.locations
        return
      }
      case 'submitted': {
        const { name, attempt, atMs, rows } = record
        this.#nextName = Math.max(this.#nextName, Number(name) + 1)
        const request: OpenRequest = { name, attempt, atMs, rows, locations: undefined }
        const left = rows.filter(({ index, digest }) => {
          this.table.record(index, 'submitted', attempt, digest)
          return this.table.stateOf(index) === 'submitted'
        })
        if (left.length === 0) return
        this.#open.set(name, request)
        for (const { index } of left) {
          this.#leave(index)
          this.#requestOf.set(index, request)
        }
      }
    }
  }

  /**
   * Applies a line of the log `results`.
   *
   * @returns whether it says something new.
   */
  applyResult({ index, state, attempt, digest }: ResultSummary): boolean {
    const isNew = this.table.record(index, state, attempt, digest)
    if (isNew) this.#leave(index)
    return isNew
  }

  /** A request without rows that wait for it is not open any more. */
  #leave(index: number): void {
    const request = this.#requestOf.get(index)
    if (request === undefined) return
    this.#requestOf.delete(index)
    if (request.rows.every((row) => this.#requestOf.get(row.index) !== request)) this.#open.delete(request.name)
  }
}
