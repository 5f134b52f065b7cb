import { SagemakerError } from '@x/sagemaker-endpoint'
import type { EngineItem, EngineRow } from '../contract/job-engine.ts'
import type { JobRows } from '../contract/job-row.ts'
import type { JobLedger, OpenRequest } from '../journal/job-ledger.ts'
import type { RowState } from '../rows/row-table.ts'
import { idDigest, rowDigest } from '../rows/row-digest.ts'

/** A row with its digest. */
export interface ReadRow<I> extends EngineRow<I> {
  readonly digest: number
}

/** A row that fails without being sent. */
export interface RefusedRow extends Omit<ReadRow<unknown>, 'input'> {
  readonly error: SagemakerError
}

/** States of rows that are sent, or sent again. */
const unsettled: ReadonlySet<RowState> = new Set(['new', 'submitted'])

/** Reads the rows of a job, compares them with the ledger, and passes on those that have no outcome. */
export class RowReader<I> {
  readonly #rows: JobRows<I>
  readonly #ledger: JobLedger
  readonly #location: string
  readonly #refuse: (row: RefusedRow) => void
  /** Rows of open requests that were read so far. */
  readonly #collected = new Map<OpenRequest, ReadRow<I>[]>()
  /** Open requests that the rows of the input belong to, done ones included: an answer can only be divided among all of them. */
  readonly #openRequestsOf = new Map<number, OpenRequest[]>()
  readonly #known: number
  #length = 0

  constructor(rows: JobRows<I>, ledger: JobLedger, location: string, refuse: (row: RefusedRow) => void) {
    this.#rows = rows
    this.#ledger = ledger
    this.#location = location
    this.#refuse = refuse
    this.#known = ledger.table.length
    for (const request of ledger.openRequests) {
      for (const { index } of request.rows) {
        const found = this.#openRequestsOf.get(index)
        if (found === undefined) this.#openRequestsOf.set(index, [request])
        else found.push(request)
      }
    }
  }

  /** Rows read so far. */
  get length(): number {
    return this.#length
  }

  /**
   * Yields rows to send in groups of at most `maxRows()`, and open requests once all of their rows were read.
   *
   * @throws {SagemakerError} `job-changed` if a row is not the one on record, or rows are missing
   */
  async *items(maxRows: () => number): AsyncGenerator<EngineItem<I>, void, undefined> {
    let group: ReadRow<I>[] = []
    for await (const row of this.#rows) {
      const read = this.#read(row)
      if (read === undefined) continue
      const requests = this.#openRequestsOf.get(read.index)
      if (requests !== undefined) {
        for (const request of requests) yield* this.#collect(request, read)
        continue
      }
      if (!unsettled.has(this.#ledger.table.stateOf(read.index))) continue
      group.push(read)
      if (group.length < Math.max(1, maxRows())) continue
      yield { rows: group }
      group = []
    }
    if (group.length > 0) yield { rows: group }
    if (this.#length < this.#known) {
      throw this.#changed(
        `the input has ${this.#length} rows, and row ${this.#known} was sent before`,
        this.#length,
        undefined,
      )
    }
  }

  /** Checks a row; `undefined` if it has been refused. */
  #read(row: { readonly id?: string | undefined; readonly input?: I; readonly error?: Error }): ReadRow<I> | undefined {
    const index = this.#length++
    const { table } = this.#ledger
    const id = row.id ?? `row-${index}`
    const digest = rowDigest(id, 'input' in row ? row.input : null)
    const known = table.digestOf(index)
    if (known !== undefined && known !== digest)
      throw this.#changed(`row ${index} (id "${id}") has another id or input`, index, id)
    const state = table.stateOf(index)
    const key = { id, index, digest, attempt: Math.max(1, table.attemptOf(index)) }
    const first = table.claim(index, idDigest(id))
    const refused = first === index ? refusalOf(row) : duplicate(first)
    if (refused !== undefined) {
      if (state === 'new') this.#refuse({ ...key, error: refused.with({ index, id }) })
      return undefined
    }
    return { ...key, input: row.input as I }
  }

  /** Yields a request once all of its rows were read. */
  *#collect(request: OpenRequest, row: ReadRow<I>): Generator<EngineItem<I>, void, undefined> {
    const rows = this.#collected.get(request) ?? []
    rows.push(row)
    this.#collected.set(request, rows)
    if (rows.length < request.rows.length) return
    this.#collected.delete(request)
    const { name, atMs: recordedAtMs, locations } = request
    yield { request: { name, rows, recordedAtMs, locations } }
  }

  #changed(what: string, index: number, id: string | undefined): SagemakerError {
    const message = `${what} than when the job in ${this.#location} was started. Resume it with the same rows in the same order, or start another job.`
    return new SagemakerError('job-changed', message, { index, id })
  }
}

function refusalOf({ error }: { readonly error?: Error }): SagemakerError | undefined {
  if (error === undefined) return undefined
  return SagemakerError.is(error) ? error : new SagemakerError('invalid-row', error.message, { cause: error })
}

function duplicate(first: number): SagemakerError {
  return new SagemakerError('duplicate-id', `row ${first} has the same id. Ids must be unique within a job.`)
}
