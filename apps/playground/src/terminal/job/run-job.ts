import { createReadStream } from 'node:fs'
import { type Job, type JobOptions, type JobStatus, openJob, startJob } from '@x/sagemaker-jobs'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { LineDecoder } from '@x/stream-core/decoders'
import { UsageError } from '../../command-line.ts'
import { formatDuration } from '../../page/call/format.ts'
import { countedRows, ProgressLine } from '../embed/progress-line.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { reportError } from '../report-error.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { type EngineValues, openEngine } from './job-engine.ts'
import { type JobFiles, openPlace } from './job-place.ts'
import { type ResultLine, writeResultFiles } from './result-files.ts'

const progressMs = 200

/** What a command does with a job. */
export interface JobCommand<I, O> {
  readonly files: JobFiles
  readonly values: EngineValues & { readonly overwrite?: boolean | undefined; readonly json?: boolean | undefined }
  /** Demo model of `--local` when none is named. */
  readonly demoName: string
  readonly rows: JobOptions<I, O>['rows']
  readonly codec: JobOptions<I, O>['codec']
  /** Writes the results of a job that has ended. */
  readonly lines: (job: Job<O>) => AsyncIterable<ResultLine>
}

/**
 * Starts the job of a command line or goes on with it, shows how far it is, and writes its results.
 *
 * @throws {UsageError}
 */
export async function runJob<I, O>(command: JobCommand<I, O>, context: TerminalContext): Promise<ExitCode> {
  const { files, values, demoName } = command
  const startedAtMs = performance.now()
  const total = await countRows(files.input)
  await using opened = await openEngine(values, demoName, context)
  const { engine, s3 } = opened
  try {
    const { store, isNew } = await openPlace(files, s3, values.overwrite)
    const { rows, codec } = command
    const options = { rows, codec, engine, store }
    await using job = await (isNew ? startJob(options) : openJob(options))
    const status = await watch(job, total, context)
    if (status.state === 'stopped') return exitCodes.interrupted
    await writeResultFiles(files, command.lines(job))
    return await report(command, status, performance.now() - startedAtMs, context)
  } catch (error) {
    if (SagemakerError.is(error) && error.code === 'job-changed')
      throw new UsageError(`${error.message} To start over, give --overwrite.`, { cause: error })
    return await reportError(error, context, values)
  }
}

/** Waits for the end of a job. Ctrl-C cancels it. */
async function watch(
  job: Job<unknown>,
  total: number,
  { notes, interruption: { signal } }: TerminalContext,
): Promise<JobStatus> {
  const before = finished(await job.status())
  if (before > 0) await notes.line(`Done already: ${countedRows(before)}. Going on from there.`)
  const progress = new ProgressLine(notes, before)
  const show = async (): Promise<void> => {
    const status = await job.status()
    const done = finished(status)
    const share = total > 0 ? done / total : undefined
    progress.show({ done, failed: withoutAnswer(status), inFlight: status.inFlight, share })
  }
  const timer = setInterval(() => void show(), progressMs)
  const cancel = (): void => void job.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  let status: JobStatus | undefined
  try {
    return (status = await job.wait())
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', cancel)
    progress.end()
    const now = finished(await job.status())
    if (status === undefined || status.state === 'stopped')
      await notes.line(`Done: ${countedRows(now)} of ${total}. The same command goes on from there.`)
  }
}

async function report<I, O>(
  { files: { output: file, errors, job }, values: { json } }: JobCommand<I, O>,
  status: JobStatus,
  elapsedMs: number,
  { notes, output }: TerminalContext,
): Promise<ExitCode> {
  const [rows, failures, durationMs] = [finished(status), withoutAnswer(status), Math.round(elapsedMs)]
  const where = failures > 0 ? ` (see ${errors ?? file})` : ''
  await notes.line(`${countedRows(rows)}, ${failures} failed${where}, ${formatDuration(durationMs)}`)
  if (json === true) await output.json({ type: 'end', rows, failed: failures, output: file, errors, job, durationMs })
  return failures > 0 ? exitCodes.someRowsFailed : exitCodes.success
}

const withoutAnswer = ({ failed, expired }: JobStatus): number => failed + expired

const finished = (status: JobStatus): number => status.done + withoutAnswer(status)

/** How many lines of a file are not blank. @throws UsageError if it cannot be read. */
async function countRows(file: string): Promise<number> {
  const decoder = new LineDecoder({ newline: 'lf' })
  let count = 0
  const add = (lines: readonly string[]): void => {
    for (const line of lines) if (line.trim() !== '') count++
  }
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 })) add(decoder.push(chunk as Uint8Array))
    add(decoder.flush())
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new UsageError(`${file} cannot be read (${code ?? message}).`, { cause })
  }
  return count
}
