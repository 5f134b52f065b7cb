import { SageMakerClient, ListTransformJobsCommand, DescribeTransformJobCommand } from '@aws-sdk/client-sagemaker'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  fileStore,
  type JobOptions,
  type JobResult,
  openJob,
  startJob,
  transformEngine,
  type TransformEngineOptions,
} from '../index.ts'
import { type CountingRuntime, lengthCodec, startCountingRuntime, textRows } from '../test-support/counting-endpoint.ts'
import { temporaryFolder } from '../test-support/temporary-folder.ts'

let endpoint: CountingRuntime
let sagemaker: SageMakerClient

beforeAll(async () => {
  endpoint = await startCountingRuntime({ objects: 's3', controlPlane: { transformJobs: { startupDelayMs: 20 } } })
  sagemaker = new SageMakerClient(endpoint.runtime.connection)
  const s3 = new S3Client(endpoint.runtime.s3!)
  await s3.send(new CreateBucketCommand({ Bucket: 'shards' }))
  s3.destroy()
})
afterAll(async () => {
  sagemaker?.destroy()
  await endpoint?.[Symbol.asyncDispose]()
})
beforeEach(() => endpoint.reset())

const base: TransformEngineOptions = {
  modelName: 'e',
  instanceType: 'ml.m5.large',
  input: 's3://shards/in',
  output: 's3://shards/out',
}

function engine(options: Partial<TransformEngineOptions> = {}) {
  const { connection, s3 } = endpoint.runtime
  const quick = { minPollMs: 5, maxPollMs: 20, maxConcurrentTransforms: 8 }
  return transformEngine({ ...base, s3, sagemaker: connection, rowsPerShard: 20, maxRetries: 0, ...quick, ...options })
}

function options(folder: string, more: Partial<JobOptions<string, number>> = {}): JobOptions<string, number> {
  return { rows: textRows(100), codec: lengthCodec(4), engine: engine(), store: fileStore(folder), ...more }
}

async function collected<O>(results: AsyncIterable<JobResult<O>>): Promise<JobResult<O>[]> {
  const all: JobResult<O>[] = []
  for await (const result of results) all.push(result)
  return all
}

/** A client of S3 that keeps what was written, and may not write some keys. */
function spiedS3(connection: object, isForbidden: (key: string) => boolean = () => false) {
  const client = new S3Client(connection)
  onTestFinished(() => client.destroy())
  const written: string[] = []
  const sizes: number[] = []
  const send = async (command: object, sendOptions?: object): Promise<unknown> => {
    if (command instanceof PutObjectCommand) {
      const { Key = '', Body = '' } = command.input
      if (isForbidden(Key)) {
        throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
      }
      written.push(Key)
      sizes.push(Buffer.byteLength(Body as string))
    }
    return client.send(command as never, sendOptions as never)
  }
  return { client: { send }, written, sizes }
}

/** The transform jobs of a job, oldest first. */
async function transformJobs(id: string) {
  const { TransformJobSummaries = [] } = await sagemaker.send(
    new ListTransformJobsCommand({ NameContains: id, SortOrder: 'Ascending', MaxResults: 100 }),
  )
  return TransformJobSummaries
}

describe('a job by batch transform', () => {
  test('sends shards of batches through one transform job, and joins the answers with the rows', async () => {
    const rows = textRows(100)
    const job = await startJob(options(temporaryFolder(), { rows }))
    expect(await collected(job.results({ ordered: true }))).toEqual(
      rows.map(({ id, input }, index) => ({ id, index, output: input.length })),
    )
    expect(await job.wait()).toMatchObject({ state: 'complete', total: 100, done: 100 })
    expect(endpoint.sizes).toHaveLength(25)
    const [only, ...others] = await transformJobs(job.id)
    expect(others).toEqual([])
    const described = await sagemaker.send(
      new DescribeTransformJobCommand({ TransformJobName: only?.TransformJobName }),
    )
    expect(described).toMatchObject({
      TransformJobStatus: 'Completed',
      DataProcessing: { InputFilter: '$.body', JoinSource: 'Input', OutputFilter: "$['n','SageMakerOutput']" },
      BatchStrategy: 'SingleRecord',
      TransformInput: { SplitType: 'Line', ContentType: 'application/json' },
    })
  })

  test(
    'of 40 shards, three with a poisoned row: only those are sent again, until the rows are found',
    { timeout: 90_000 },
    async () => {
      const poisoned = new Set([3, 377, 799])
      const rows = textRows(800, (index) => (poisoned.has(index) ? `poison ${index}` : `text ${index}`))
      const job = await startJob(options(temporaryFolder(), { rows }))
      const results = await collected(job.results({ ordered: true }))
      expect(results.filter(({ error }) => error !== undefined).map(({ index }) => index)).toEqual([...poisoned])
      expect(results.map(({ output }) => output ?? 0)).toEqual(
        rows.map(({ input }, index) => (poisoned.has(index) ? 0 : input.length)),
      )
      expect(await job.wait()).toMatchObject({ state: 'partial', done: 797, failed: 3 })
      // Rows of other shards were sent once.
      const again = [...endpoint.sent].filter(([, count]) => count > 1)
      expect(again.length).toBeLessThanOrEqual(3 * 20)
      expect((await transformJobs(job.id)).length).toBeLessThanOrEqual(4)
    },
  )

  test('stopped twice and resumed gives the results of an undisturbed job', { timeout: 60_000 }, async () => {
    const rows = textRows(600, (index) => (index % 250 === 7 ? `poison ${index}` : `text ${index}`))
    const folder = temporaryFolder()
    const first = await startJob(options(folder, { rows }))
    await vi.waitFor(async () => expect(await transformJobs(first.id)).not.toEqual([]), {
      timeout: 20_000,
      interval: 5,
    })
    await first.close()
    const second = await openJob(options(folder, { rows }))
    await vi.waitFor(async () => expect((await second.status()).done).toBeGreaterThan(0), {
      timeout: 20_000,
      interval: 5,
    })
    await second.close()
    const third = await openJob(options(folder, { rows }))
    const results = await collected(third.results({ ordered: true }))
    expect(results.map(({ output }) => output ?? 0)).toEqual(
      rows.map(({ input }, index) => (index % 250 === 7 ? 0 : input.length)),
    )
    expect(await third.wait()).toMatchObject({ state: 'partial', total: 600, failed: 3 })
    // The transform job went on while nobody watched it.
    const twice = [...endpoint.sent].filter(([, count]) => count > 1)
    expect(twice.length).toBeLessThanOrEqual(3 * 20 * 2)
  })

  test('cancelled stops its transform job', async () => {
    const slow = await startCountingRuntime({ objects: 's3', delayMs: 50, endpoint: { asyncPath: 's3://shards/e' } })
    const { connection, s3 } = slow.runtime
    const job = await startJob(options(temporaryFolder(), { engine: engine({ sagemaker: connection, s3 }) }))
    const client = new SageMakerClient(connection)
    const list = async () => (await client.send(new ListTransformJobsCommand({}))).TransformJobSummaries ?? []
    await vi.waitFor(async () => expect(await list()).toHaveLength(1), { timeout: 20_000 })
    expect(await job.cancel()).toMatchObject({ state: 'stopped' })
    await vi.waitFor(async () => expect((await list())[0]?.TransformJobStatus).toMatch(/^Stop/), { timeout: 20_000 })
    client.destroy()
    await slow[Symbol.asyncDispose]()
  })

  test('cancelled and resumed goes on with the shards that are there', async () => {
    await using slow = await startCountingRuntime({
      objects: 's3',
      delayMs: 20,
      endpoint: { asyncPath: 's3://shards/e' },
    })
    const { connection, s3 } = slow.runtime
    const folder = temporaryFolder()
    const spy = spiedS3(s3!)
    const more = { engine: engine({ sagemaker: connection, s3: spy.client, maxConcurrentTransforms: 1 }) }
    const job = await startJob(options(folder, more))
    await vi.waitFor(() => expect(slow.sizes.length).toBeGreaterThan(0), { timeout: 20_000, interval: 5 })
    expect(await job.cancel()).toMatchObject({ state: 'stopped' })
    const uploads = spy.written.length
    const again = await openJob(options(folder, { engine: engine({ sagemaker: connection, s3: spy.client }) }))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 100 })
    expect(spy.written.slice(uploads)).toEqual([expect.stringMatching(/\.manifest$/)])
  })

  test('whose process ended before a shard was uploaded sends its rows when it is resumed', async () => {
    const folder = temporaryFolder()
    const full = spiedS3(endpoint.runtime.s3!, (key) => key.endsWith('0000003.jsonl'))
    const job = await startJob(options(folder, { engine: engine({ s3: full.client }) }))
    await expect(job.wait()).rejects.toMatchObject({ code: 'access-denied', action: 's3:PutObject' })
    const again = await openJob(options(folder))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 100 })
    expect([...endpoint.sent.values()].every((count) => count === 1)).toBe(true)
  })

  test('resumed when only shards with a poisoned row are left finds the rows', async () => {
    const folder = temporaryFolder()
    const rows = textRows(100, (index) => (index % 50 === 7 ? `poison ${index}` : `text ${index}`))
    const full = spiedS3(endpoint.runtime.s3!, (key) => Number(key.slice(-13, -6)) > 5)
    const job = await startJob(options(folder, { rows, engine: engine({ s3: full.client }) }))
    await expect(job.wait()).rejects.toMatchObject({ code: 'access-denied' })
    expect(await job.status()).toMatchObject({ done: 60 })
    const again = await openJob(options(folder, { rows }))
    expect(await again.wait()).toMatchObject({ state: 'partial', done: 98, failed: 2 })
  })

  test('repeats a transform job that failed for want of capacity, without uploading its shards again', async () => {
    const spy = spiedS3(endpoint.runtime.s3!)
    let created = 0
    const unlucky = {
      send(command: { readonly input: object }, sendOptions?: object): Promise<unknown> {
        if (command.constructor.name === 'CreateTransformJobCommand' && created++ === 0) return Promise.resolve({})
        if (command.constructor.name === 'DescribeTransformJobCommand' && created === 1) {
          return Promise.resolve({ TransformJobStatus: 'Failed', FailureReason: 'CapacityError: no ml.m5.large' })
        }
        return sagemaker.send(command as never, sendOptions as never)
      },
    }
    const job = await startJob(options(temporaryFolder(), { engine: engine({ s3: spy.client, sagemaker: unlucky }) }))
    expect(await job.wait()).toMatchObject({ state: 'complete', done: 100 })
    expect(created).toBe(2)
    expect(spy.written.filter((key) => key.endsWith('.jsonl'))).toHaveLength(5)
    expect(spy.written.filter((key) => key.endsWith('.manifest'))).toHaveLength(2)
  })

  test('makes no shard longer than maxShardBytes', async () => {
    const spy = spiedS3(endpoint.runtime.s3!)
    const rows = textRows(40, (index) => `€ ${'x'.repeat(index * 10)}`)
    const limits = { s3: spy.client, rowsPerShard: 1000, maxShardBytes: 2000 }
    const job = await startJob(options(temporaryFolder(), { rows, codec: lengthCodec(), engine: engine(limits) }))
    expect(await job.wait()).toMatchObject({ state: 'complete', done: 40 })
    const sizes = spy.sizes.filter((_, at) => spy.written[at]?.endsWith('.jsonl'))
    expect(sizes.length).toBeGreaterThan(5)
    // Numbers of records and attempts are written last.
    expect(Math.max(...sizes)).toBeLessThan(2000 * 1.05)
  })

  test('stops if nothing succeeds, with the reason of SageMaker', async () => {
    const rows = textRows(100, (index) => `poison ${index}`)
    const job = await startJob(options(temporaryFolder(), { rows }))
    await expect(job.wait()).rejects.toMatchObject({
      code: 'model-error',
      message: expect.stringContaining('CloudWatch'),
    })
    expect(await job.status()).toMatchObject({ state: 'stopped', failed: 0 })
  })

  test('names the model and the action if it cannot be created', async () => {
    const job = await startJob(options(temporaryFolder(), { engine: engine({ modelName: 'nobody' }) }))
    await expect(job.wait()).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(/sagemaker:CreateTransformJob on nobody/),
    })
  })

  test.each([
    [{ maxConcurrentTransforms: 20, maxPayloadInMB: 6 }, '120; SageMaker allows at most 100'],
    [{ rowsPerShard: 0 }, 'rowsPerShard must be at least 1'],
    [{ environment: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`A${at}`, ''])) }, 'more than 16'],
  ])('is refused before AWS is called: %j', (wrong, message) => {
    expect(() => transformEngine({ ...base, ...wrong })).toThrow(message)
  })
})
