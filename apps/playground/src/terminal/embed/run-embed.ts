import { SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { UsageError } from '../../command-line.ts'
import { formatDuration } from '../../page/call/format.ts'
import { embedOptions } from '../options/command-options.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { engineName } from '../job/job-engine.ts'
import { jobFiles } from '../job/job-place.ts'
import { embeddingModelOptions } from '../options/embedding-model-options.ts'
import { rowFormatNames } from '../options/embedding-options.ts'
import { parseOptions } from '../options/option-table.ts'
import { readChoice } from '../options/read-value.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { withEndpoint } from '../with-endpoint.ts'
import { embedByJob } from './embed-by-job.ts'
import { embedRows } from './embed-rows.ts'
import { openCorpus } from './open-corpus.ts'
import { countedRows, ProgressLine } from './progress-line.ts'
import { readRows, type RowFormat } from './read-rows.ts'
import { nothingDone, resume, startOver, type DoneRows, type RunFiles } from './resume.ts'
import { RowRecorder } from './row-recorder.ts'
import { fileSink, outputSink } from './row-sink.ts'

type EmbedValues = ReturnType<typeof parseOptions<typeof embedOptions>>['values']

/** `playground embed`: turns texts into vectors, row by row. */
export async function runEmbed(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, embedOptions)
  const [path, ...others] = positionals
  if (others.length > 0) throw new UsageError('One file at a time. See --help.')
  const model = await embeddingModelOptions(values)
  const format = rowFormat(values, path)
  if (engineName(values) !== 'realtime') {
    if (values['keep-going'] === true) throw new UsageError('--keep-going is for --engine realtime.')
    const errors = values.output === undefined ? undefined : runFiles(values.output, values.errors).errors
    return embedByJob({ files: jobFiles(path, { ...values, errors }), values, format, model }, context)
  }
  if (values.job !== undefined)
    throw new UsageError('--job is for --engine async or transform: in real time, the output says what is done.')
  const files = values.output === undefined ? undefined : runFiles(values.output, values.errors)
  if (files !== undefined && [files.output, files.errors].includes(path ?? '-'))
    throw new UsageError(`${path} is what is read: choose another file to write.`)
  return withEndpoint(values, 'demo-embed', context, (endpoint) =>
    run(new SagemakerEmbedding({ endpoint, ...model }), { path, format, files, values, context, endpoint }),
  )
}

interface Run {
  readonly path: string | undefined
  readonly format: RowFormat
  readonly files: RunFiles | undefined
  readonly values: EmbedValues
  readonly context: TerminalContext
  readonly endpoint: SagemakerEndpoint
}

async function run(embedding: SagemakerEmbedding, { path, format, files, values, context }: Run): Promise<ExitCode> {
  const { notes, output, interruption } = context
  const startedAt = performance.now()
  const { chunks, size } = await openCorpus(path, context.input)
  const done = await doneBefore(files, values.overwrite)
  if (done.count > 0) await notes.line(`Done already: ${countedRows(done.count)}. Going on from there.`)
  await using sink = files === undefined ? await outputSink(context, values.errors) : await fileSink(files)
  const recorder = new RowRecorder({ sink, dimensions: done.dimensions, keepGoing: values['keep-going'] === true })
  // Not among vectors that pass by on the same terminal.
  const progress = files === undefined && output.isTerminal ? undefined : new ProgressLine(notes, done.count)
  const counts = () => ({ done: done.count + recorder.done, failed: done.failed + recorder.failed })
  try {
    await embedRows(embedding, {
      rows: readRows(chunks, format),
      done,
      recorder,
      signal: interruption.signal,
      onRow: ({ position }) => progress?.show({ ...counts(), share: size && Math.min(position / size, 1) }),
    })
  } catch (error) {
    progress?.end()
    const rows = counts().done
    if (files !== undefined && rows > 0)
      await notes.line(`Done: ${countedRows(rows)}. The same command goes on from there.`)
    throw error
  }
  progress?.end()
  const { done: rows, failed } = counts()
  const durationMs = Math.round(performance.now() - startedAt)
  const where = failed > 0 ? ` (see ${files?.errors ?? values.errors ?? 'above'})` : ''
  await notes.line(`${countedRows(rows)}, ${failed} failed${where}, ${formatDuration(durationMs)}`)
  if (values.json === true && files !== undefined)
    await output.json({ type: 'end', rows, failed, ...files, durationMs })
  return failed > 0 ? exitCodes.someRowsFailed : exitCodes.success
}

async function doneBefore(files: RunFiles | undefined, overwrite: boolean = false): Promise<DoneRows> {
  if (files === undefined) return nothingDone
  if (!overwrite) return resume(files)
  await startOver(files)
  return nothingDone
}

/** Failed rows stand beside the output unless told otherwise: what is done is known by both. */
const runFiles = (output: string, errors = `${output.replace(/\.jsonl$/, '')}.errors.jsonl`): RunFiles => ({
  output,
  errors,
})

function rowFormat(values: EmbedValues, path: string | undefined): RowFormat {
  const format = readChoice('--format', values.format, rowFormatNames)
  return {
    format: format ?? (path?.endsWith('.txt') ? 'text' : 'jsonl'),
    textField: values['text-field'] ?? 'text',
    idField: values['id-field'] ?? 'id',
  }
}
