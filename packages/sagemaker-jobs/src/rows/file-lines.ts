import { createReadStream } from 'node:fs'
import { LineDecoder } from '@x/stream-core/decoders'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { JobRow, JobRows } from '../contract/job-row.ts'

/** Longest line of an input file, in UTF-16 units. */
const maxLineLength = 64 * 2 ** 20

/**
 * The rows of a file with one JSON value per line. Every iteration reads the file anew, so that the same object can be passed to
 * `startJob` and to `openJob`. Blank lines are skipped; a line that is no JSON, or that `read` refuses, is a row that fails with
 * `invalid-row` and the number of the line.
 *
 * @param read - throws a message for a value that is no row
 */
export function fileRows<I>(file: string, read: (value: unknown) => JobRow<I>): JobRows<I> {
  return { [Symbol.asyncIterator]: () => readRows(file, read) }
}

async function* readRows<I>(
  file: string,
  read: (value: unknown) => JobRow<I>,
): AsyncGenerator<JobRow<I>, void, undefined> {
  const decoder = new LineDecoder({ newline: 'lf', maxLineLength })
  let line = 0
  const rowsOf = function* (lines: readonly string[]): Generator<JobRow<I>, void, undefined> {
    for (const text of lines) {
      line++
      if (text.trim() !== '') yield rowOf(text, line, file, read)
    }
  }
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 })) {
    yield* rowsOf(decoder.push(chunk as Uint8Array))
  }
  yield* rowsOf(decoder.flush())
}

function rowOf<I>(text: string, line: number, file: string, read: (value: unknown) => JobRow<I>): JobRow<I> {
  const invalid = (problem: string, id?: string): JobRow<I> => {
    const error = new SagemakerError('invalid-row', `line ${line} of ${file} ${problem}.`, { line, id })
    return { id, error }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's message quotes the line.
    return invalid('is no JSON')
  }
  try {
    return read(value)
  } catch (error) {
    if (error instanceof InvalidRow) return invalid(error.message, error.id)
    throw error
  }
}

/** Thrown for a value that is no row: what is wrong with the line, such as "has no body". */
export class InvalidRow extends Error {
  readonly id: string | undefined

  constructor(problem: string, id?: string) {
    super(problem)
    this.id = id
  }
}
