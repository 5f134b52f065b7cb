import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { InvokeEndpointAsyncCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { array, assert, asyncProperty, string } from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { containerError, json, scripted, startLocalRuntime, type LocalRuntime } from '../index.ts'

let runtime: LocalRuntime
let s3: S3Client
let sqs: SQSClient
let sns: SNSClient
let client: SageMakerRuntimeClient
let queueUrl: string

beforeAll(async () => {
  runtime = await startLocalRuntime({
    objects: 's3',
    region: 'eu-west-1',
    endpoints: {
      e: {
        model: scripted((request) =>
          request.text === 'fail' ? containerError(400, 'too long') : json({ got: request.text }),
        ),
        asyncPath: 's3://results/of/e/',
        notifications: { successTopic: 'done', errorTopic: 'failed' },
      },
      silent: scripted(() => json({})),
    },
  })
  s3 = new S3Client(runtime.s3!)
  sqs = new SQSClient(runtime.sqs!)
  sns = new SNSClient(runtime.sns!)
  client = new SageMakerRuntimeClient(runtime.connection)
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'outcomes' }))
  queueUrl = QueueUrl
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  for (const topic of ['done', 'failed']) {
    await sns.send(
      new SubscribeCommand({
        TopicArn: `arn:aws:sns:eu-west-1:000000000000:${topic}`,
        Protocol: 'sqs',
        Endpoint: Attributes?.['QueueArn'],
      }),
    )
  }
})

afterAll(async () => {
  for (const each of [s3, sqs, sns, client]) each.destroy()
  await runtime.close()
})

async function invoke(
  EndpointName: string,
  input: { Body?: string; InputLocation?: string; CustomAttributes?: string },
) {
  const output = await client.send(
    new InvokeEndpointAsyncCommand({ EndpointName, ContentType: 'text/plain', ...input }),
  )
  await runtime.idle()
  return output
}

async function read(location: string | undefined): Promise<string | undefined> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location ?? '') ?? []
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key })).catch((error: unknown) => {
    if (error instanceof NoSuchKey) return undefined
    throw error
  })
  return answer?.Body?.transformToString()
}

/** The messages that are published within a short time, without their envelopes. */
async function published(): Promise<readonly Record<string, unknown>[]> {
  const messages: Record<string, unknown>[] = []
  for (;;) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        VisibilityTimeout: 60,
      }),
    )
    if (!Messages) return messages
    for (const { Body = '' } of Messages) {
      const envelope = JSON.parse(Body) as { Type: string; Message: string }
      expect(envelope.Type).toBe('Notification')
      messages.push(JSON.parse(envelope.Message) as Record<string, unknown>)
    }
  }
}

describe('an asynchronous call with a real S3', () => {
  beforeEach(async () => {
    await published()
  })

  test('reads its input there, writes its answer there, and publishes it', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'inputs' }))
    await s3.send(new PutObjectCommand({ Bucket: 'inputs', Key: 'a b/ü.json', Body: 'from S3' }))
    const output = await invoke('e', { InputLocation: 's3://inputs/a b/ü.json', CustomAttributes: 'a=b' })
    expect(output.OutputLocation).toMatch(/^s3:\/\/results\/of\/e\/output\//)
    expect(await read(output.OutputLocation)).toBe('{"got":"from S3"}')
    expect(await read(output.FailureLocation)).toBeUndefined()
    expect(await published()).toEqual([
      {
        awsRegion: 'eu-west-1',
        eventTime: expect.stringMatching(/^\d{4}-.*Z$/),
        receivedTime: expect.stringMatching(/^\d{4}-.*Z$/),
        invocationStatus: 'Completed',
        requestParameters: {
          endpointName: 'e',
          contentType: 'text/plain',
          customAttributes: 'a=b',
          inputLocation: 's3://inputs/a b/ü.json',
        },
        responseParameters: { contentType: 'application/json', outputLocation: output.OutputLocation },
        inferenceId: output.InferenceId,
        eventVersion: '1.0',
        eventSource: 'aws:sagemaker',
        eventName: 'InferenceResult',
      },
    ])
  })

  test('writes a failure there, and publishes its reason', async () => {
    const output = await invoke('e', { Body: 'fail' })
    expect(await read(output.OutputLocation)).toBeUndefined()
    expect(await read(output.FailureLocation)).toContain('too long')
    expect(await published()).toMatchObject([
      {
        invocationStatus: 'Failed',
        failureReason: expect.stringContaining('too long'),
        inferenceId: output.InferenceId,
      },
    ])
  })

  test('fails if there is no input, in a bucket or without one', async () => {
    for (const InputLocation of ['s3://inputs/missing', 's3://no-bucket/missing']) {
      const output = await invoke('e', { InputLocation })
      expect(await read(output.FailureLocation)).toBe(`Could not download ${InputLocation}: no such object.`)
    }
    expect(await published()).toHaveLength(2)
  })

  test('expires, gets lost, or is published twice on demand', async () => {
    const expired = await invoke('e', { Body: 'x', CustomAttributes: 'local-faults=async:expired' })
    expect(await read(expired.FailureLocation)).toContain('expired in the queue')
    expect(await published()).toMatchObject([
      { invocationStatus: 'Failed', failureReason: expect.stringContaining('expired') },
    ])
    const lost = await invoke('e', { Body: 'x', CustomAttributes: 'local-faults=async:lost' })
    expect([await read(lost.OutputLocation), await read(lost.FailureLocation)]).toEqual([undefined, undefined])
    expect(await published()).toEqual([])
    const twice = await invoke('e', { Body: 'x', CustomAttributes: 'local-faults=async:notified-twice' })
    expect(await read(twice.OutputLocation)).toBe('{"got":"x"}')
    expect(await published()).toMatchObject([{ inferenceId: twice.InferenceId }, { inferenceId: twice.InferenceId }])
    expect(runtime.requests.slice(-3).map(({ fault }) => fault)).toEqual(['expired', 'lost', 'notified-twice'])
  })

  test('publishes nothing without topics', async () => {
    const output = await invoke('silent', { Body: 'x' })
    expect(await read(output.OutputLocation)).toBe('{}')
    expect(await published()).toEqual([])
  })
})

describe('objects', () => {
  test('are the same through the runtime and through S3, whatever their keys', async () => {
    const name = string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(
      (text) => !/[\p{Cc}\ufffe\uffff]/u.test(text) && !text.split('/').some((part) => ['', '.', '..'].includes(part)),
    )
    await assert(
      asyncProperty(array(name, { minLength: 1, maxLength: 3 }), string(), async (parts, content) => {
        const key = parts.join('/')
        const location = `s3://keys/${key}`
        await runtime.objects.put(location, new TextEncoder().encode(content))
        expect(await read(location)).toBe(content)
        expect(new TextDecoder().decode(await runtime.objects.get(location))).toBe(content)
        expect(await runtime.objects.list(location)).toContain(location)
      }),
      { numRuns: 40 },
    )
  })

  test(
    'are listed by prefix over several pages, none in a bucket that does not exist',
    { timeout: 120_000 },
    async () => {
      const locations = Array.from({ length: 1005 }, (_, index) => `s3://many/a/${String(index).padStart(4, '0')}`)
      for (let start = 0; start < locations.length; start += 100) {
        await Promise.all(
          locations.slice(start, start + 100).map((each) => runtime.objects.put(each, new Uint8Array(1))),
        )
      }
      await runtime.objects.put('s3://many/b', new Uint8Array())
      expect(await runtime.objects.list('s3://many/a/')).toEqual(locations)
      expect(await runtime.objects.list('s3://nothing/')).toEqual([])
      const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: 'many', Prefix: 'b' }))
      expect(KeyCount).toBe(1)
    },
  )

  test('a bucket of results exists from the start', async () => {
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: 'results', Prefix: 'nothing-yet' }))
    expect(KeyCount).toBe(0)
  })
})

test('web pages and other names of this machine are refused', async () => {
  const { endpoint } = runtime.s3!
  expect((await fetch(`${endpoint}/results`, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
  expect((await fetch(endpoint, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
})

test('in memory there is no S3 and no topic', async () => {
  await using plain = await startLocalRuntime({ endpoints: {} })
  expect([plain.s3, plain.sqs, plain.sns]).toEqual([undefined, undefined, undefined])
  await plain.objects.put('s3://b/k2', new Uint8Array(1))
  await plain.objects.put('s3://b/k1', new Uint8Array(1))
  expect(await plain.objects.list('s3://b/')).toEqual(['s3://b/k1', 's3://b/k2'])
  await expect(plain.objects.put('s3://b', new Uint8Array())).rejects.toThrow('not of the form')
  const model = scripted(() => '')
  await expect(
    startLocalRuntime({ endpoints: { e: { model, notifications: { successTopic: 'x' } } } }),
  ).rejects.toThrow("notifications need objects: 's3'")
})

test('says what is missing where fauxqs is not installed', async () => {
  vi.doMock('fauxqs', () => {
    throw new Error("Cannot find package 'fauxqs'")
  })
  try {
    await expect(startLocalRuntime({ endpoints: {}, objects: 's3' })).rejects.toThrow('npm i -D fauxqs')
  } finally {
    vi.doUnmock('fauxqs')
  }
})
