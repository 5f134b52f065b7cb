import { SagemakerError } from '@x/sagemaker-endpoint'
import type { Row } from './read-rows.ts'
import { isRefusal, mostFirstRefusals } from './refusals.ts'
import { failureLine, vectorLine, type RowFailure } from './row-lines.ts'
import type { RowSink } from './row-sink.ts'

export interface RowRecorderOptions {
  readonly sink: RowSink
  /** Length of the vectors that are there already. */
  readonly dimensions: number | undefined
  /** A row may fail for any reason. */
  readonly keepGoing: boolean
}

/** Writes what became of each row, in the order of the rows, and decides which errors are a row's own. */
export class RowRecorder {
  done = 0
  failed = 0
  readonly #options: RowRecorderOptions
  #dimensions: number | undefined
  /** Failures from the start on, as long as it may not be the rows that are wrong. */
  #held: { readonly row: Row; readonly failure: RowFailure }[] = []
  #refusals = 0

  constructor(options: RowRecorderOptions) {
    this.#options = options
    this.#dimensions = options.dimensions
  }

  /** @throws {SagemakerError} when the vectors that are there already have another length. */
  async vector(row: Row, embedding: Float32Array): Promise<void> {
    this.#dimensions ??= embedding.length
    if (embedding.length !== this.#dimensions) {
      throw new SagemakerError(
        'unexpected-response',
        `the output has vectors of ${this.#dimensions} numbers, and this endpoint sends ${embedding.length}: it is another model.`,
      )
    }
    await this.end()
    await this.#options.sink.vector(vectorLine(row, embedding))
    this.done++
  }

  /** A row whose line has no text. */
  async problem(row: Row): Promise<void> {
    await this.#fail(row, { code: 'invalid-row', message: row.problem ?? 'the row has no text' })
  }

  /** A text without a vector. @throws the error when it is not the row's own. */
  async error(row: Row, error: Error): Promise<void> {
    const { keepGoing } = this.#options
    if (!keepGoing && !isRefusal(error)) throw error
    if (this.#dimensions === undefined && ++this.#refusals >= mostFirstRefusals && !keepGoing) throw error
    await this.#fail(row, { code: SagemakerError.is(error) ? error.code : 'failed', message: error.message })
  }

  /** Writes what is held back. */
  async end(): Promise<void> {
    const held = this.#held
    this.#held = []
    for (const { row, failure } of held) await this.#write(row, failure)
  }

  async #fail(row: Row, failure: RowFailure): Promise<void> {
    if (this.#dimensions === undefined && !this.#options.keepGoing) this.#held.push({ row, failure })
    else await this.#write(row, failure)
  }

  async #write(row: Row, failure: RowFailure): Promise<void> {
    await this.#options.sink.failure(failureLine(row, failure), `row ${row.index}: ${failure.message}`)
    this.done++
    this.failed++
  }
}
