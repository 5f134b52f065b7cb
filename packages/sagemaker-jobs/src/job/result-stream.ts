import type { JobResult } from '../contract/job-result.ts'
import type { JobStore } from '../contract/job-store.ts'
import { LogLines } from '../journal/log-lines.ts'
import { ReorderBuffer } from '../journal/reorder-buffer.ts'
import { readResultLine, readResultSummary, type ResultSummary } from '../journal/result-record.ts'
import { Column } from '../rows/column.ts'
import type { RowTable } from '../rows/row-table.ts'

/** Tells readers of a log that it has grown, or will not grow any more. */
export class LogSignal {
  #hasEnded = false
  #wake: (() => void)[] = []

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Resolves when there is something new. */
  next(): Promise<void> {
    return this.#hasEnded ? Promise.resolve() : new Promise((resolve) => this.#wake.push(resolve))
  }

  notify(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }

  end(): void {
    this.#hasEnded = true
    this.notify()
  }
}

/** Yields the results of a store, each row once, and others as they are written, until the signal ends. */
export async function* resultStream<O>(
  store: JobStore,
  table: RowTable,
  signal: LogSignal,
  ordered: boolean,
): AsyncGenerator<JobResult<O>, void, undefined> {
  const buffer = ordered ? new ReorderBuffer() : undefined
  const seen = new SeenRows()
  const log = new LogLines(store, 'results')
  try {
    for (let isLast = false; !isLast;) {
      isLast = signal.hasEnded
      const grown = signal.next()
      for await (const lines of log.next()) {
        for (const [position, line] of lines.entries()) {
          const summary = readResultSummary(line)
          if (summary === undefined) throw log.invalid(position)
          if (isSuperseded(summary, table) || !seen.add(summary.index)) continue
          if (buffer === undefined) yield readResultLine(line) as JobResult<O>
          else for (const due of await buffer.push(summary.index, line)) yield readResultLine(due) as JobResult<O>
        }
      }
      if (!isLast) await grown
    }
    if (buffer !== undefined) for await (const line of buffer.rest()) yield readResultLine(line) as JobResult<O>
  } finally {
    await buffer?.close()
  }
}

/** Whether the row of a failure is sent again, or was. */
function isSuperseded({ index, state, attempt }: ResultSummary, table: RowTable): boolean {
  if (state === 'done') return false
  return ['new', 'submitted', 'done'].includes(table.stateOf(index)) || table.attemptOf(index) > attempt
}

/** One bit per row. */
class SeenRows {
  readonly #bits = new Column((length) => new Uint8Array(length))

  /** Returns whether the row was not seen before. */
  add(index: number): boolean {
    const position = Math.floor(index / 8)
    const bit = 1 << (index % 8)
    const bits = this.#bits.get(position)
    if ((bits & bit) !== 0) return false
    this.#bits.set(position, bits | bit)
    return true
  }
}
