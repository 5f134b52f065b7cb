import type { SagemakerEmbedding } from '@x/sagemaker-embed'
import { UsageError } from '../../command-line.ts'
import type { Row } from './read-rows.ts'
import type { DoneRows } from './resume.ts'
import type { RowRecorder } from './row-recorder.ts'

export interface EmbedRowsOptions {
  readonly rows: AsyncIterable<Row>
  readonly done: DoneRows
  readonly recorder: RowRecorder
  readonly signal: AbortSignal
  /** Told of every row that is recorded. */
  readonly onRow: (row: Row) => void
}

/**
 * Embeds the rows that are not done yet and records them in their order.
 *
 * @throws {SagemakerError} what ends the run; all rows before it are recorded.
 */
export async function embedRows(embedding: SagemakerEmbedding, options: EmbedRowsOptions): Promise<void> {
  const { recorder, signal, onRow } = options
  /** Rows that were read and are not recorded, in their order. */
  const waiting: Row[] = []
  async function nextText(): Promise<Row | undefined> {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      if (row.text !== undefined) return row
      await recorder.problem(row)
      onRow(row)
    }
    return undefined
  }
  const results = embedding.embedStream(textsOf(options, waiting), { onError: 'skip', signal })
  for await (const result of results) {
    const row = await nextText()
    if (row === undefined) throw new Error('There are more vectors than texts.')
    if (result.error === undefined) await recorder.vector(row, result.embedding)
    else await recorder.error(row, result.error)
    onRow(row)
  }
  await nextText()
  await recorder.end()
}

async function* textsOf({ rows, done }: EmbedRowsOptions, waiting: Row[]): AsyncGenerator<string> {
  let count = 0
  for await (const row of rows) {
    count = row.index + 1
    if (row.index < done.count) {
      done.check(row)
      continue
    }
    waiting.push(row)
    if (row.text !== undefined) yield row.text
  }
  if (count < done.count) {
    throw new UsageError(
      `${done.count} rows are done already, but the corpus has ${count}: it is another one. Choose another file, or --overwrite it.`,
    )
  }
}
