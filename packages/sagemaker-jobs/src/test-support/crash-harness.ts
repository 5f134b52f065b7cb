import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  asyncEngine,
  fileStore,
  type JobEngine,
  type JobOptions,
  type JobResult,
  type JobStatus,
  listPrefix,
  openJob,
  realtimeEngine,
  startJob,
  transformEngine,
} from '../index.ts'
import { lengthCodec, startCountingRuntime, textRows } from './counting-endpoint.ts'

/** What decides on a job, so that another process can work on the same. */
export interface CrashingJob {
  readonly engine: 'realtime' | 'async' | 'transform'
  readonly folder: string
  readonly rows: number
  readonly connection: object
  readonly s3: object | undefined
  /** Positions of rows that are poisoned. */
  readonly poisoned?: readonly number[]
}

/** Most rows that a killed process had sent without a result on record. */
export const rowsInFlight = 64
const batch = 4

/** Rows in a shard of a transform job. */
export const rowsPerShard = 8

function engineOf({ engine, connection, s3 = {} }: CrashingJob): JobEngine {
  if (engine === 'transform') {
    return transformEngine({
      modelName: 'e',
      instanceType: 'ml.m5.large',
      input: 's3://shards/in',
      output: 's3://shards/out',
      rowsPerShard,
      maxConcurrentTransforms: 8,
      maxRetries: 0,
      minPollMs: 5,
      maxPollMs: 20,
      s3,
      sagemaker: connection,
    })
  }
  const endpoint = { endpointName: 'e', ...connection }
  if (engine === 'realtime') return realtimeEngine({ endpoint, concurrency: rowsInFlight / batch / 2 })
  const completion = listPrefix({ minPollMs: 5, maxPollMs: 20 })
  return asyncEngine({ endpoint, s3, completion, maxInFlight: rowsInFlight })
}

/** The rows of a job. */
export function rowsOf({ rows, poisoned = [] }: Pick<CrashingJob, 'rows' | 'poisoned'>): ReturnType<typeof textRows> {
  const clean = textRows(rows)
  return clean.map((row, index) => (poisoned.includes(index) ? { ...row, input: `poison ${index}` } : row))
}

export function optionsOf(job: CrashingJob): JobOptions<string, number> {
  return { rows: rowsOf(job), codec: lengthCodec(batch), engine: engineOf(job), store: fileStore(job.folder) }
}

/** Works on a job until it ends. The first process starts it. */
export async function work(job: CrashingJob): Promise<JobStatus> {
  const options = optionsOf(job)
  const running = (await options.store.readDescription()) === undefined ? startJob(options) : openJob(options)
  return (await running).wait()
}

/** What came of a job whose process was killed again and again. */
export interface CrashReport {
  readonly kills: number
  readonly status: JobStatus
  readonly results: readonly JobResult<number>[]
  /** How often each text was sent. */
  readonly sent: ReadonlyMap<string, number>
}

/**
 * Runs a job in processes of which each is killed with SIGKILL at a random moment, and the last one in peace.
 *
 * @param kills - how many are killed. A job that ends before its turn counts as one.
 */
export async function runWithKills(
  job: Pick<CrashingJob, 'engine' | 'folder' | 'rows' | 'poisoned'>,
  kills: number,
  delayMs: number,
): Promise<CrashReport> {
  await using endpoint = await startCountingRuntime({
    delayMs,
    ...(job.engine !== 'realtime' && { objects: 's3', endpoint: { asyncPath: 's3://shards/e' } }),
  })
  const { connection, s3 } = endpoint.runtime
  const whole: CrashingJob = { ...job, connection, s3 }
  const program = `import { work } from ${JSON.stringify(fileURLToPath(import.meta.url))}; await work(${JSON.stringify(whole)})`
  let killed = 0
  for (; killed < kills; killed++) {
    const before = endpoint.sizes.length
    const child = spawn(process.execPath, ['--conditions=@x/source', '--input-type=module', '--eval', program], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const exited = once(child, 'exit')
    // From the first request on, or at once if there is none for long: a job that only waits for answers.
    for (let waited = 0; endpoint.sizes.length === before && waited < 200 && child.exitCode === null; waited++)
      await sleep(10)
    await Promise.race([sleep(Math.random() * 250), exited])
    child.kill('SIGKILL')
    const [code] = (await exited) as [number | null]
    if (code === 0) break
    if (code !== null) throw new Error(`the process ended with ${code}`)
  }
  const status = await work(whole)
  const results: JobResult<number>[] = []
  const stored = await openJob<number>(fileStore(job.folder))
  for await (const result of stored.results({ ordered: true })) results.push(result)
  return { kills: killed, status, results, sent: endpoint.sent }
}
