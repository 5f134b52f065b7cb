import { embeddingCodec, type EmbeddingOptions } from '@x/sagemaker-embed'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { Job, JobRow } from '@x/sagemaker-jobs'
import type { ExitCode } from '../exit-codes.ts'
import { type JobCommand, runJob } from '../job/run-job.ts'
import type { ResultLine } from '../job/result-files.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { openCorpus } from './open-corpus.ts'
import { readRows, type Row, type RowFormat } from './read-rows.ts'
import { failureLine, vectorLine } from './row-lines.ts'

/** What `embed` does with an engine other than that for real time. */
export interface EmbedJob extends Pick<JobCommand<string, Float32Array>, 'files' | 'values'> {
  readonly format: RowFormat
  readonly model: EmbeddingOptions
}

/**
 * Embeds the rows of a corpus by a job, and writes the files that `embed` writes in real time.
 *
 * @throws {UsageError}
 */
export function embedByJob({ files, values, format, model }: EmbedJob, context: TerminalContext): Promise<ExitCode> {
  const { concurrency: _, ...options } = model
  const corpus = (): AsyncGenerator<Row> => rowsOf(files.input, format, context)
  const command: JobCommand<string, Float32Array> = {
    files,
    values,
    demoName: 'demo-embed',
    // Rows are named by their position: their ids may be missing, or the same.
    rows: { [Symbol.asyncIterator]: () => jobRows(corpus()) },
    codec: embeddingCodec(options),
    lines: (job) => linesOf(job, corpus()),
  }
  return runJob(command, context)
}

async function* rowsOf(file: string, format: RowFormat, { input }: TerminalContext): AsyncGenerator<Row> {
  const { chunks } = await openCorpus(file, input)
  yield* readRows(chunks, format)
}

async function* jobRows(rows: AsyncIterable<Row>): AsyncGenerator<JobRow<string>> {
  for await (const { text, problem = 'the row has no text' } of rows) {
    yield text === undefined ? { error: new SagemakerError('invalid-row', problem) } : { input: text }
  }
}

/** The corpus is read once more, because the job keeps no inputs. */
async function* linesOf(job: Job<Float32Array>, corpus: AsyncGenerator<Row>): AsyncGenerator<ResultLine> {
  for await (const { index, output, error } of job.results({ ordered: true })) {
    const { value: row, done } = await corpus.next()
    if (done === true || row.index !== index) throw new Error('The corpus has changed while the job was running.')
    const text = error === undefined ? vectorLine(row, output) : failureLine(row, error)
    yield { text: `${text}\n`, isFailure: error !== undefined }
  }
}
