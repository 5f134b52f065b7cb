import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  asyncEngine,
  type AsyncEngineOptions,
  fileStore,
  type JobOptions,
  type JobResult,
  listPrefix,
  openJob,
  sqsQueue,
  startJob,
} from '../index.ts'
import { type CountingRuntime, lengthCodec, startCountingRuntime, textRows } from '../test-support/counting-endpoint.ts'
import { temporaryFolder } from '../test-support/temporary-folder.ts'

let endpoint: CountingRuntime
let runtime: LocalRuntime
let s3: S3Client
let sqs: SQSClient

beforeAll(async () => {
  endpoint = await startCountingRuntime({
    objects: 's3',
    endpoint: { asyncPath: 's3://answers/e', notifications: { successTopic: 'done', errorTopic: 'failed' } },
  })
  runtime = endpoint.runtime
  s3 = new S3Client(runtime.s3!)
  sqs = new SQSClient(runtime.sqs!)
  await s3.send(new CreateBucketCommand({ Bucket: 'inputs' }))
})

afterAll(async () => {
  s3?.destroy()
  sqs?.destroy()
  await endpoint?.[Symbol.asyncDispose]()
})

beforeEach(() => endpoint.reset())

const quick = listPrefix({ minPollMs: 5, maxPollMs: 40 })

function engine(options: Partial<AsyncEngineOptions> = {}, faults?: string) {
  return asyncEngine({
    endpoint: {
      endpointName: 'e',
      ...runtime.connection,
      retry: { baseDelayMs: 1 },
      ...(faults !== undefined && { customAttributes: `local-faults=${faults}` }),
    },
    s3: runtime.s3,
    completion: quick,
    ...options,
  })
}

function options(folder: string, more: Partial<JobOptions<string, number>> = {}): JobOptions<string, number> {
  return { rows: textRows(100), codec: lengthCodec(8), engine: engine(), store: fileStore(folder), ...more }
}

async function collected<O>(results: AsyncIterable<JobResult<O>>): Promise<JobResult<O>[]> {
  const all: JobResult<O>[] = []
  for await (const result of results) all.push(result)
  return all
}

/** A queue that gets the notifications of the endpoint. */
async function subscribedQueue(name: string, raw: boolean): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: '1' } }),
  )
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  const sns = new SNSClient(runtime.sns!)
  for (const topic of ['done', 'failed']) {
    await sns.send(
      new SubscribeCommand({
        TopicArn: `arn:aws:sns:us-east-1:000000000000:${topic}`,
        Protocol: 'sqs',
        Endpoint: Attributes?.['QueueArn'],
        Attributes: { RawMessageDelivery: String(raw) },
      }),
    )
  }
  sns.destroy()
  return QueueUrl
}

async function messagesIn(QueueUrl: string): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }))
  return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0)
}

describe('a job on asynchronous inference', () => {
  test('sends batches inline, and fetches the answers from S3', async () => {
    const rows = textRows(100)
    const job = await startJob(options(temporaryFolder(), { rows }))
    expect(await collected(job.results({ ordered: true }))).toEqual(
      rows.map(({ id, input }, index) => ({ id, index, output: input.length })),
    )
    expect(await job.wait()).toMatchObject({ state: 'complete', total: 100, done: 100, inFlight: 0 })
    expect(endpoint.sizes).toHaveLength(13)
    expect([...endpoint.sent.values()].every((count) => count === 1)).toBe(true)
  })

  test('sends long bodies through S3, others inline; all of them through S3 on demand', async () => {
    const rows = [{ input: 'short' }, { input: 'long'.repeat(40_000) }]
    const store = () => ({ rows, codec: lengthCodec() })
    const job = await startJob(options(temporaryFolder(), { ...store(), engine: engine({ input: 's3://inputs/a' }) }))
    expect((await collected(job.results({ ordered: true }))).map(({ output }) => output)).toEqual([5, 160_000])
    const uploaded = async () => (await s3.send(new ListObjectsV2Command({ Bucket: 'inputs' }))).Contents ?? []
    expect((await uploaded()).map(({ Key }) => Key)).toEqual([`a/${job.id}/0000002`])
    const all = engine({ input: 's3://inputs/b/', inline: 'never' })
    await (await startJob(options(temporaryFolder(), { ...store(), engine: all }))).wait()
    expect((await uploaded()).filter(({ Key }) => Key?.startsWith('b/'))).toHaveLength(2)
  })

  test('refuses to upload every body without a folder for inputs', () => {
    expect(() => engine({ inline: 'never' })).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: expect.stringContaining('set the option input') }),
    )
  })

  test('without a folder for inputs, a row that is too long fails, and says what to set', async () => {
    const rows = [{ input: 'short' }, { input: 'long'.repeat(40_000) }, { input: 'last' }]
    const job = await startJob(options(temporaryFolder(), { rows }))
    expect(await collected(job.results({ ordered: true }))).toMatchObject([
      { output: 5 },
      { error: { code: 'payload-too-large', index: 1, message: expect.stringContaining('Set the option input') } },
      { output: 4 },
    ])
  })

  test('finds the row that spoils a batch', async () => {
    const rows = textRows(32, (index) => (index === 13 ? 'poison' : index === 20 ? 'deaf' : `text ${index}`))
    const job = await startJob(options(temporaryFolder(), { rows, codec: lengthCodec(16) }))
    const failed = (await collected(job.results())).filter(({ error }) => error !== undefined)
    expect(failed.toSorted((a, b) => a.index - b.index)).toMatchObject([
      { id: 'id-13', error: { code: 'invalid-request', message: expect.stringContaining('poisoned') } },
      { id: 'id-20', error: { code: 'model-error' } },
    ])
    expect(await job.wait()).toMatchObject({ state: 'partial', done: 30, failed: 2 })
  })

  test.each(['lost', 'expired'])('rows that never answer (%s) are sent again, and expire', async (fault) => {
    const rows = textRows(10)
    const limits = { deadlineMs: 150, maxAttempts: 2 }
    const folder = temporaryFolder()
    const job = await startJob(
      options(folder, { rows, codec: lengthCodec(4), engine: engine(limits, `async:${fault}`) }),
    )
    expect(await job.wait()).toMatchObject({ state: 'partial', done: 0, failed: 0, expired: 10 })
    const results = await collected(job.results())
    expect(results.every(({ error }) => error?.code === 'timeout')).toBe(true)
    expect(endpoint.sent.size).toBe(0)
    const again = await openJob(options(folder, { rows, codec: lengthCodec(4) }))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 10, expired: 0 })
  })

  test('holds no more rows in flight than it may', async () => {
    let most = 0
    const job = await startJob(options(temporaryFolder(), { rows: textRows(300), engine: engine({ maxInFlight: 20 }) }))
    for await (const _ of job.results()) most = Math.max(most, (await job.status()).inFlight)
    // A group that waits for room has been read.
    expect(most).toBeLessThanOrEqual(28)
    expect(await job.wait()).toMatchObject({ done: 300 })
  })

  test('fetches what was accepted before, when it is resumed, instead of sending it again', async () => {
    const folder = temporaryFolder()
    const never = { completion: { watch: async function* () {}, close: () => {} } }
    const first = await startJob(options(folder, { engine: engine(never) }))
    await vi.waitFor(() => expect(endpoint.sizes).toHaveLength(13))
    await runtime.idle()
    expect(await first.cancel()).toMatchObject({ state: 'stopped', done: 0 })
    const again = await openJob(options(folder))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 100 })
    expect(endpoint.sizes).toHaveLength(13)
  })

  test('stops when it may not read the answers, and names the action', async () => {
    const denied = Object.assign(new Error('Access Denied'), {
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    })
    const client = { send: () => Promise.reject(denied) }
    const job = await startJob(options(temporaryFolder(), { engine: engine({ s3: client }) }))
    await expect(job.wait()).rejects.toMatchObject({ code: 'access-denied', action: 's3:ListBucket' })
  })

  test('keeps texts of the rows out of messages', async () => {
    const rows = [{ input: 'poison and a secret that nobody may read' }]
    const job = await startJob(options(temporaryFolder(), { rows }))
    const [result] = await collected(job.results())
    expect(JSON.stringify([result?.error, result?.error?.message])).not.toContain('secret that nobody')
  })

  test('survives an S3 that fails one request in twenty, before or after it has done what was asked', async () => {
    let count = 0
    const failing = {
      async send(command: never, options?: object) {
        count++
        const isUnlucky = count % 20 === 7
        const unavailable = Object.assign(new Error('Slow down'), {
          name: 'SlowDown',
          $metadata: { httpStatusCode: 503 },
        })
        if (isUnlucky && count % 40 === 7) throw unavailable
        const output: unknown = await s3.send(command, options)
        if (isUnlucky) throw unavailable
        return output
      },
    }
    const rows = textRows(400)
    const job = await startJob(
      options(temporaryFolder(), { rows, engine: engine({ s3: failing, input: 's3://inputs/c', inline: 'never' }) }),
    )
    const results = await collected(job.results({ ordered: true }))
    expect(results.map(({ output }) => output)).toEqual(rows.map(({ input }) => input.length))
    expect(count).toBeGreaterThan(100)
  })
})

describe('completion by a queue', () => {
  test.each([
    ['in the envelope of SNS', false],
    ['raw', true],
  ])('messages %s, twice each and in any order', async (_, raw) => {
    const url = await subscribedQueue(`queue-${String(raw)}`, raw)
    const rows = textRows(60, (index) => (index === 9 ? 'poison' : `text ${index}`))
    const completion = sqsQueue(url, { sqs: runtime.sqs, waitTimeSeconds: 1 })
    const job = await startJob(
      options(temporaryFolder(), {
        rows,
        codec: lengthCodec(4),
        engine: engine({ completion }, 'async:notified-twice'),
      }),
    )
    expect(await job.wait()).toMatchObject({ state: 'partial', done: 59, failed: 1 })
    const results = await collected(job.results({ ordered: true }))
    expect(results.map(({ output }) => output ?? 'failed')).toEqual(
      rows.map(({ input }, index) => (index === 9 ? 'failed' : input.length)),
    )
    // What is left are second messages of requests that ended at last; none of them was lost.
    expect(await messagesIn(url)).toBeLessThan(20)
  })

  test('leaves the messages of other jobs in the queue', async () => {
    const url = await subscribedQueue('shared', true)
    const other = await startJob(options(temporaryFolder(), { rows: textRows(8), codec: lengthCodec() }))
    await other.wait()
    const completion = sqsQueue(url, { sqs: runtime.sqs, waitTimeSeconds: 0 })
    const job = await startJob(options(temporaryFolder(), { rows: textRows(8), engine: engine({ completion }) }))
    expect(await job.wait()).toMatchObject({ state: 'complete', done: 8 })
    expect(await messagesIn(url)).toBe(8)
  })
})

test('a package that is not installed is named', async () => {
  vi.doMock('@aws-sdk/client-s3', () => {
    throw new Error("Cannot find package '@aws-sdk/client-s3'")
  })
  try {
    const job = await startJob(options(temporaryFolder(), { rows: textRows(3) }))
    await expect(job.wait()).rejects.toMatchObject({
      code: 'missing-dependency',
      packageName: '@aws-sdk/client-s3',
      message: expect.stringContaining('npm i @aws-sdk/client-s3'),
    })
  } finally {
    vi.doUnmock('@aws-sdk/client-s3')
  }
})
