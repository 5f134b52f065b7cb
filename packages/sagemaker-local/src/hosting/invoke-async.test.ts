import { InvokeEndpointAsyncCommand, type InvokeEndpointAsyncCommandInput } from '@aws-sdk/client-sagemaker-runtime'
import { expect, test } from 'vitest'
import {
  containerError,
  demoLanguageModel,
  scripted,
  serviceError,
  stall,
  startLocalRuntime,
  type LocalRuntime,
} from '../index.ts'
import { sdkClient } from '../test-support/sdk-client.ts'

const body = JSON.stringify({ inputs: 'The sea', parameters: { max_new_tokens: 2 } })

type Input = Partial<Omit<InvokeEndpointAsyncCommandInput, 'Body'>> & { readonly Body?: string | undefined }

async function invokeAsync(runtime: LocalRuntime, { Body, ...input }: Input = { Body: body }) {
  const output = await sdkClient(runtime).send(
    new InvokeEndpointAsyncCommand({
      EndpointName: 'e',
      ContentType: 'application/json',
      ...(Body === undefined ? {} : { Body }),
      ...input,
    }),
  )
  await runtime.idle()
  const read = async (location = '') => {
    const data = await runtime.objects.get(location)
    return data && new TextDecoder().decode(data)
  }
  return { ...output, written: await read(output.OutputLocation), failure: await read(output.FailureLocation) }
}

test('a call is accepted at once and its answer is written', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: demoLanguageModel() } })
  const output = await invokeAsync(runtime)
  expect(output).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    InferenceId: expect.stringMatching(/^[\da-f-]{36}$/),
    OutputLocation: expect.stringMatching(/^s3:\/\/sagemaker-local\/e\/output\/[\da-f-]{36}\.out$/),
    FailureLocation: expect.stringMatching(/^s3:\/\/sagemaker-local\/e\/failure\/[\da-f-]{36}-error\.out$/),
    written: '[{"generated_text":" is never"}]',
    failure: undefined,
  })
  expect(runtime.requests[0]).toMatchObject({ operation: 'async', contentType: 'application/json' })
})

test('input comes from an object, output goes to asyncPath, also over HTTP', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { e: { model: demoLanguageModel(), asyncPath: 's3://mine/folder' } },
  })
  await fetch(`${runtime.url}/s3/mine/in%20put.json`, { method: 'PUT', body })
  const output = await invokeAsync(runtime, {
    InputLocation: 's3://mine/in put.json',
    InferenceId: 'my-id',
    S3OutputPathExtension: 'today',
    Filename: 'answer.json',
  })
  expect(output).toMatchObject({ InferenceId: 'my-id', OutputLocation: 's3://mine/folder/output/today/answer.json' })
  const written = await fetch(`${runtime.url}/s3/mine/folder/output/today/answer.json`)
  expect([written.status, await written.text()]).toEqual([200, output.written])
  const missing = await fetch(`${runtime.url}/s3/mine/other`)
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('<Code>NoSuchKey</Code>')])
})

function* crash() {
  yield 'a'
  throw new Error('out of memory')
}

test.each([
  ['an error of the container', () => containerError(500, 'no memory'), /"OriginalMessage":"no memory"/],
  ['an error of the service', () => serviceError('InternalFailure'), /An internal failure occurred/],
  ['an answer that breaks off', () => [stall()], /Your invocation timed out/],
  ['a crash in the middle', crash, /"OriginalMessage":"out of memory"/],
])('%s is written as a failure', async (_, script, expected) => {
  await using runtime = await startLocalRuntime({ endpoints: { e: scripted(script) } })
  const output = await invokeAsync(runtime)
  expect(output.written).toBeUndefined()
  expect(output.failure).toMatch(expected)
})

test('an input that does not exist is a failure', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: demoLanguageModel() } })
  const { failure } = await invokeAsync(runtime, { InputLocation: 's3://mine/none' })
  expect(failure).toBe('Could not download s3://mine/none: no such object.')
})

test('close() stops what still runs', async () => {
  const runtime = await startLocalRuntime({ endpoints: { e: scripted(() => new Promise(() => {})) } })
  await sdkClient(runtime).send(new InvokeEndpointAsyncCommand({ EndpointName: 'e', Body: body }))
  expect(runtime.activeRequests).toBeGreaterThan(0)
  await runtime.close()
  expect(runtime.activeRequests).toBe(0)
})

test.each([
  [{}, 'Exactly one of Body and InputLocation must be given.'],
  [{ Body: 'x', InputLocation: 's3://a/b' }, 'Exactly one of Body and InputLocation must be given.'],
  [{ InputLocation: '/a/b' }, 'InputLocation must be of the form s3://bucket/key.'],
  [{ Body: 'x'.repeat(128_001) }, /^Body must have at most 128000 bytes/],
  [{ Body: 'x', RequestTTLSeconds: 59 }, /^RequestTTLSeconds must be between 60 and 21600/],
  [{ Body: 'x', InvocationTimeoutSeconds: 3601 }, /^InvocationTimeoutSeconds must be between 1 and 3600/],
])('refuses %.60j', async (input, message) => {
  await using runtime = await startLocalRuntime({ endpoints: { e: demoLanguageModel() } })
  await expect(invokeAsync(runtime, input)).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(message),
  })
})

test('an asyncPath that is no S3 address is refused', async () => {
  const starting = startLocalRuntime({ endpoints: { e: { model: demoLanguageModel(), asyncPath: '/tmp' } } })
  await expect(starting).rejects.toThrow('The asyncPath of e must be of the form s3://bucket/path, not "/tmp".')
})
