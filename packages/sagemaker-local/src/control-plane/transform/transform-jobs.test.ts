import {
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DescribeTransformJobCommand,
  ListTransformJobsCommand,
  SageMakerClient,
  StopTransformJobCommand,
  waitUntilTransformJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { containerError, json, scripted, startLocalRuntime, type LocalRuntime } from '../../index.ts'
import { parseJsonPath } from './json-path.ts'

let runtime: LocalRuntime
let client: SageMakerClient
let count = 0

beforeAll(async () => {
  const model = scripted(async (request) => {
    if (request.text.includes('slow')) await new Promise((resolve) => setTimeout(resolve, 200))
    if (request.text.includes('poison')) return containerError(400, 'poisoned')
    return json({ got: request.json(), type: request.contentType })
  })
  runtime = await startLocalRuntime({
    endpoints: { m: model },
    controlPlane: { transformJobs: { startupDelayMs: 20, failNamesWith: 'unlucky' } },
  })
  client = new SageMakerClient(runtime.connection)
})
afterAll(async () => {
  client?.destroy()
  await runtime?.close()
})

async function put(folder: string, objects: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, text] of Object.entries(objects))
    await runtime.objects.put(`s3://b/${folder}/${key}`, new TextEncoder().encode(text))
}

async function written(folder: string): Promise<Record<string, string>> {
  const locations = await runtime.objects.list(`s3://b/${folder}/`)
  const entries = locations.map(async (location) => {
    const text = new TextDecoder().decode(await runtime.objects.get(location))
    return [location.slice(`s3://b/${folder}/`.length), text] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

function input(folder: string, more: Partial<CreateTransformJobCommandInput> = {}): CreateTransformJobCommandInput {
  count++
  return {
    TransformJobName: `job-${count}`,
    ModelName: 'm',
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://b/${folder}/` } },
      ContentType: 'application/json',
      SplitType: 'Line',
    },
    TransformOutput: { S3OutputPath: `s3://b/${folder}-out`, AssembleWith: 'Line', Accept: 'application/json' },
    TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
    ...more,
  }
}

async function run(request: CreateTransformJobCommandInput) {
  await client.send(new CreateTransformJobCommand(request))
  const { TransformJobName } = request
  await vi.waitFor(async () => {
    const { TransformJobStatus } = await client.send(new DescribeTransformJobCommand({ TransformJobName }))
    expect(TransformJobStatus).not.toMatch(/InProgress|Stopping/)
  })
  return client.send(new DescribeTransformJobCommand({ TransformJobName }))
}

describe('a transform job', () => {
  test('sends every line of every object to the model, and writes one object for each', async () => {
    await put('plain', { 'a.jsonl': '{"x":1}\n{"x":2}\n', 'sub/b.jsonl': '3\n' })
    const job = await run(input('plain'))
    expect(job).toMatchObject({ TransformJobStatus: 'Completed', ModelName: 'm' })
    expect(job.TransformJobArn).toBe(`arn:aws:sagemaker:us-east-1:123456789012:transform-job/job-${count}`)
    expect(job.TransformEndTime!.getTime()).toBeGreaterThanOrEqual(job.TransformStartTime!.getTime())
    const answer = (got: unknown): string => `${JSON.stringify({ got, type: 'application/json' })}\n`
    expect(await written('plain-out')).toEqual({
      'a.jsonl.out': answer({ x: 1 }) + answer({ x: 2 }),
      'sub/b.jsonl.out': answer(3),
    })
  })

  test('filters the input, joins it with the answer, and filters the output', async () => {
    await put('joined', { a: '{"id":7,"body":{"x":1},"secret":1}\n' })
    const processing = {
      InputFilter: '$.body',
      JoinSource: 'Input',
      OutputFilter: "$['id','SageMakerOutput']",
    } as const
    await run(input('joined', { DataProcessing: processing }))
    const { 'a.out': line = '' } = await written('joined-out')
    expect(JSON.parse(line)).toEqual({ id: 7, SageMakerOutput: { got: { x: 1 }, type: 'application/json' } })
    await put('values', { a: '3\n' })
    await run(input('values', { DataProcessing: { JoinSource: 'Input' } }))
    const { 'a.out': value = '' } = await written('values-out')
    expect(JSON.parse(value)).toMatchObject({ SageMakerInput: 3, SageMakerOutput: { got: 3 } })
  })

  test('takes the objects that a manifest lists', async () => {
    const folder = 's3://b/listed/'
    const manifest = (value: unknown) => ({ 'all.manifest': JSON.stringify(value) })
    await put('listed', { 'a.jsonl': '1\n', 'b.jsonl': '2\n', 'sub/c.jsonl': '3\n' })
    await put('manifests', manifest([{ prefix: folder }, 'b.jsonl', 'sub/c.jsonl']))
    const S3DataSource = { S3DataType: 'ManifestFile', S3Uri: 's3://b/manifests/all.manifest' } as const
    const TransformInput = { ...input('manifests').TransformInput, DataSource: { S3DataSource } }
    expect(await run(input('listed', { TransformInput }))).toMatchObject({ TransformJobStatus: 'Completed' })
    expect(Object.keys(await written('listed-out'))).toEqual(['b.jsonl.out', 'sub/c.jsonl.out'])
    for (const [wrong, reason] of [
      [{ prefix: folder }, 'is not a JSON array'],
      [['a.jsonl'], 'does not begin with a prefix'],
      [[{ prefix: folder }], 'lists no objects'],
      [[{ prefix: folder }, 3], 'lists something other than names'],
      [[{ prefix: folder }, 'gone'], 's3://b/listed/gone does not exist'],
    ] as const) {
      await put('manifests', manifest(wrong))
      const { TransformJobStatus, FailureReason } = await run(input('listed', { TransformInput }))
      expect({ TransformJobStatus, FailureReason }).toEqual({
        TransformJobStatus: 'Failed',
        FailureReason: expect.stringContaining(reason),
      })
    }
  })

  test('writes no object of which a record failed, but the others, and has failed', async () => {
    await put('mixed', { a: '"good"\n', b: '"good"\n"poison"\n', c: '"good"\n' })
    const job = await run(input('mixed', { ModelClientConfig: { InvocationsMaxRetries: 0 } }))
    expect(job).toMatchObject({ TransformJobStatus: 'Failed', FailureReason: expect.stringContaining('ClientError') })
    expect(Object.keys(await written('mixed-out'))).toEqual(['a.out', 'c.out'])
  })

  test('can be waited for with the SDK, listed, and stopped', async () => {
    await put('long', Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`o${index}`, '"slow"\n'])))
    const request = input('long')
    const { TransformJobName } = request
    await client.send(new CreateTransformJobCommand(request))
    await expect(client.send(new CreateTransformJobCommand(request))).rejects.toMatchObject({ name: 'ResourceInUse' })
    const { TransformJobSummaries } = await client.send(
      new ListTransformJobsCommand({ NameContains: TransformJobName }),
    )
    expect(TransformJobSummaries).toMatchObject([{ TransformJobName, TransformJobStatus: 'InProgress' }])
    await client.send(new StopTransformJobCommand({ TransformJobName }))
    const waited = waitUntilTransformJobCompletedOrStopped(
      { client, maxWaitTime: 20, minDelay: 1 },
      { TransformJobName },
    )
    expect(await waited).toMatchObject({ reason: { TransformJobStatus: 'Stopped' } })
    const again = client.send(new StopTransformJobCommand({ TransformJobName }))
    await expect(again).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('fails on demand, and without input', async () => {
    await put('unlucky', { a: '1\n' })
    const job = await run(input('unlucky', { TransformJobName: 'unlucky-1' }))
    expect(job).toMatchObject({ TransformJobStatus: 'Failed', FailureReason: 'InternalServerError' })
    const empty = await run(input('nothing-here'))
    expect(empty.FailureReason).toContain('no objects found')
  })

  test.each<[string, Partial<CreateTransformJobCommandInput>]>([
    ['must not exceed 100', { MaxConcurrentTransforms: 20, MaxPayloadInMB: 6 }],
    ['Could not find model', { ModelName: 'nobody' }],
    ['transformJobName', { TransformJobName: 'not a name' }],
    ['is not a JSONPath', { DataProcessing: { InputFilter: '$..x' } }],
  ])('is refused: %s', async (message, more) => {
    await expect(client.send(new CreateTransformJobCommand(input('refused', more)))).rejects.toThrow(message)
  })

  test('that does not exist is not found', async () => {
    const missing = client.send(new DescribeTransformJobCommand({ TransformJobName: 'missing' }))
    await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFound' })
  })
})

test.each([
  ['$', { a: 1 }, { a: 1 }],
  ['$.a.b', { a: { b: 2 } }, 2],
  ["$['a b']", { 'a b': 3 }, 3],
  ["$.x['a','b']", { x: { a: 1, b: 2, c: 3 } }, { a: 1, b: 2 }],
  ['$.a', 3, undefined],
])('the filter %s of %j gives %j', (path, value, expected) => {
  expect(parseJsonPath(path)?.(value)).toEqual(expected)
})

test.each(['', 'a', '$..a', '$[0]', '$.a[', `$.${'a'.repeat(70)}`])('%j is no filter', (path) => {
  expect(parseJsonPath(path)).toBeUndefined()
})
