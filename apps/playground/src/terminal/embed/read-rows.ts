import { LineDecoder, StreamDecodeError } from '@x/stream-core/decoders'
import { UsageError } from '../../command-line.ts'

/** How the rows of a corpus are written, and where their text and id are. */
export interface RowFormat {
  readonly format: 'jsonl' | 'text'
  readonly textField: string
  readonly idField: string
}

/** A row of a corpus: a text, or a line that has none. */
export interface Row {
  /** Position among the rows, from 0. Blank lines are none. */
  readonly index: number
  readonly id?: string | number | undefined
  readonly text?: string | undefined
  /** Why there is no text; then `line` has what is there. */
  readonly problem?: string | undefined
  readonly line: string
  /** Bytes of the corpus up to here, line ends counted as one. */
  readonly position: number
}

/** Longest row, in UTF-16 units: longer than any text that an endpoint takes. */
const maxLineLength = 33_554_432

/**
 * Reads a corpus row by row. A row that is not what it should be is a row with a problem, not an error.
 *
 * @throws {UsageError} for what has no lines.
 */
export async function* readRows(chunks: AsyncIterable<Uint8Array>, format: RowFormat): AsyncGenerator<Row> {
  const decoder = new LineDecoder({ newline: 'lf', maxLineLength })
  let index = 0
  let position = 0
  function* rowsOf(lines: readonly string[]): Generator<Row> {
    for (const line of lines) {
      position += Buffer.byteLength(line) + 1
      if (line.trim() !== '') yield { index: index++, line, position, ...parseRow(line, format) }
    }
  }
  try {
    for await (const chunk of chunks) yield* rowsOf(decoder.push(chunk))
    yield* rowsOf(decoder.flush())
  } catch (error) {
    if (!(error instanceof StreamDecodeError)) throw error
    throw new UsageError(`Row ${index} is longer than ${maxLineLength} characters: are these lines?`, { cause: error })
  }
}

function parseRow(line: string, { format, textField, idField }: RowFormat): Pick<Row, 'id' | 'text' | 'problem'> {
  if (format === 'text') return { text: line }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { problem: 'the line is not JSON' }
  }
  if (typeof value === 'string') return { text: value }
  if (typeof value !== 'object' || value === null) return { problem: 'the row is neither a text nor an object' }
  const { [textField]: text, [idField]: id } = value as Record<string, unknown>
  const known = typeof id === 'string' || typeof id === 'number' ? { id } : {}
  if (typeof text !== 'string') return { ...known, problem: `the row has no text in ${textField}` }
  return { ...known, text }
}
