import { LineDecoder } from '@x/stream-core/decoders'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { JobLog, JobStore } from '../contract/job-store.ts'

/** Longest line of a log, in UTF-16 units: that of a row with a very long output. */
const maxLineLength = 256 * 2 ** 20

/** Reads the whole lines of a log, again and again as it grows. Not the last line if it has no newline: it is being written, or torn. */
export class LogLines {
  readonly #store: JobStore
  readonly #log: JobLog
  readonly #decoder = new LineDecoder({ newline: 'lf', maxLineLength })
  #position: string | undefined
  #count = 0

  constructor(store: JobStore, log: JobLog) {
    this.#store = store
    this.#log = log
  }

  /** Yields the lines that were added since the last call, in groups. */
  async *next(): AsyncGenerator<readonly string[], void, undefined> {
    for await (const { bytes, position } of this.#store.read(this.#log, this.#position)) {
      this.#position = position
      const lines = this.#decoder.push(bytes)
      if (lines.length > 0) yield lines
      this.#count += lines.length
    }
  }

  /** The error for a line that is none of this format. */
  invalid(positionInGroup: number): SagemakerError {
    const line = this.#count + positionInGroup + 1
    const message = `line ${line} of the log ${this.#log} in ${this.#store.location} is damaged. Restore it, or start the job in another store.`
    return new SagemakerError('invalid-row', message, { line })
  }
}
