import { json, part, scripted, startLocalRuntime, stream, type ReceivedRequest } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import type { CallOptions } from './index.ts'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

const common = {
  inferenceComponentName: 'my-component',
  targetVariant: 'blue',
  targetContainerHostname: 'second',
  sessionId: 'session-1',
  inferenceId: 'inference-1',
  prefixAwareId: 'prefix-1',
  customAttributes: 'accept_eula=true',
} as const

const everything = { ...common, targetModel: 'model-a.tar.gz', enableExplanations: '`true`' } as const

const headers: Readonly<Record<keyof typeof everything, string>> = {
  inferenceComponentName: 'x-amzn-sagemaker-inference-component',
  targetVariant: 'x-amzn-sagemaker-target-variant',
  targetModel: 'x-amzn-sagemaker-target-model',
  targetContainerHostname: 'x-amzn-sagemaker-target-container-hostname',
  sessionId: 'x-amzn-sagemaker-session-id',
  inferenceId: 'x-amzn-sagemaker-inference-id',
  prefixAwareId: 'x-amzn-sagemaker-prefix-aware-id',
  customAttributes: 'x-amzn-sagemaker-custom-attributes',
  enableExplanations: 'x-amzn-sagemaker-enable-explanations',
}

const endpoints = {
  it: {
    model: scripted((request) => (request.operation === 'stream' ? stream([part('a')]) : json({}))),
    variants: ['blue', 'green'],
    containers: ['first', 'second'],
    inferenceComponents: ['my-component', 'other'],
    targetModels: undefined,
  },
  models: { model: scripted(() => json({})), targetModels: ['model-a.tar.gz'] },
  plain: scripted((request) => (request.operation === 'stream' ? stream([part('a')]) : json({}))),
}

function signedHeaders(request: ReceivedRequest): readonly string[] {
  return /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split(';') ?? []
}

test.each(['invoke', 'invokeStream'] as const)(
  '%s sends every routing option that it has, signed',
  async (operation) => {
    await using runtime = await startLocalRuntime({ endpoints })
    const endpoint = localEndpoint(runtime, 'it')
    await (operation === 'invoke' ? endpoint.invoke('{}', common) : readTexts(endpoint.invokeStream('{}', common)))
    const [request] = runtime.requests
    for (const [option, value] of Object.entries(common)) {
      const header = headers[option as keyof typeof common]
      expect(request?.headers[header]).toBe(value)
      expect(signedHeaders(request!)).toContain(header)
    }
  },
)

test('invoke sends the model of a multi-model endpoint and asks for explanations', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const { targetModel, enableExplanations } = everything
  await localEndpoint(runtime, 'models').invoke('{}', { targetModel, enableExplanations })
  const [request] = runtime.requests
  expect(request?.headers).toMatchObject({
    [headers.targetModel]: targetModel,
    [headers.enableExplanations]: enableExplanations,
  })
  expect(signedHeaders(request!)).toEqual(expect.arrayContaining([headers.targetModel, headers.enableExplanations]))
})

test('routing of the endpoint holds for all calls, and that of a call goes before it', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const endpoint = localEndpoint(runtime, 'it', common)
  await endpoint.invoke('{}')
  await endpoint.invoke('{}', { targetVariant: 'green', inferenceComponentName: 'other' })
  expect(runtime.requests.map((request) => [request.targetVariant, request.inferenceComponentName])).toEqual([
    ['blue', 'my-component'],
    ['green', 'other'],
  ])
})

test('media types have their own header in each operation', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const endpoint = localEndpoint(runtime, 'plain')
  const types: CallOptions = { contentType: 'text/csv', accept: 'application/jsonlines' }
  await endpoint.invoke('1,2', types)
  await readTexts(endpoint.invokeStream('1,2', types))
  await endpoint.invoke('{}')
  const [whole, streamed, plain] = runtime.requests
  expect(whole?.headers).toMatchObject({ 'content-type': 'text/csv', accept: 'application/jsonlines' })
  expect(streamed?.headers).toMatchObject({
    'content-type': 'text/csv',
    'x-amzn-sagemaker-accept': 'application/jsonlines',
  })
  expect(streamed?.headers['accept']).toBeUndefined()
  expect(plain?.contentType).toBe('application/json')
  expect(plain?.headers['accept']).toBeUndefined()
})

test('a body is sent byte for byte', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const endpoint = localEndpoint(runtime, 'plain')
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  await endpoint.invoke(bytes.subarray(7))
  await endpoint.invoke('Zoë 🙂')
  expect(runtime.requests.map(({ body }) => [...body])).toEqual([
    [...bytes.subarray(7)],
    [...new TextEncoder().encode('Zoë 🙂')],
  ])
})

describe('what cannot be sent as it is meant is refused at once', () => {
  const refused: readonly (readonly [operation: 'invoke' | 'invokeStream', options: CallOptions, named: string])[] = [
    ['invokeStream', { targetModel: 'model-a.tar.gz' }, 'targetModel'],
    ['invokeStream', { enableExplanations: '`true`' }, 'enableExplanations'],
    ['invokeStream', { sessionId: 'NEW_SESSION' }, 'session'],
    ['invoke', { customAttributes: 'x'.repeat(1025) }, 'customAttributes'],
    ['invoke', { customAttributes: 'naïve' }, 'customAttributes'],
    ['invoke', { inferenceId: 'a\nb' }, 'inferenceId'],
    ['invokeStream', { accept: 'a\r\nx: y' }, 'accept'],
  ]

  test.each(refused)('%s with %j', async (operation, options, named) => {
    await using runtime = await startLocalRuntime({ endpoints })
    const endpoint = localEndpoint(runtime, 'plain')
    const error =
      operation === 'invoke'
        ? await failureOf(endpoint.invoke('{}', options))
        : (await readTexts(endpoint.invokeStream('{}', options))).error
    expect(error).toMatchObject({ code: 'invalid-request', retryable: false, endpointName: 'plain', attempts: [] })
    expect(error?.message).toContain(named)
    expect(runtime.requests).toHaveLength(0)
  })

  test('a body that is neither text nor bytes', async () => {
    const body = { inputs: 'Hi' } as unknown as string
    const error = await failureOf(localEndpoint({ url: 'http://127.0.0.1:9' }, 'it').invoke(body))
    expect(error).toMatchObject({ code: 'invalid-request' })
  })

  test.each(['invoke', 'openai'] as const)(
    'a component whose name leaves its path (transport %s)',
    async (transport) => {
      const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'it', { transport })
      const error = await failureOf(endpoint.invoke('{}', { inferenceComponentName: '..' }))
      expect(error).toMatchObject({ code: 'invalid-request', attempts: [] })
      expect(error.message).toContain('inferenceComponentName')
    },
  )
})

test('what the service knows nothing of is reported by its code', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const codes = await Promise.all([
    failureOf(localEndpoint(runtime, 'nowhere').invoke('{}')),
    failureOf(localEndpoint(runtime, 'it').invoke('{}', { inferenceComponentName: 'nowhere' })),
    failureOf(localEndpoint(runtime, 'plain').invoke('{}', { targetVariant: 'nowhere' })),
    failureOf(localEndpoint(runtime, 'plain').invoke('{}', { inferenceComponentName: 'nowhere' })),
  ])
  expect(codes.map(({ code }) => code)).toEqual([
    'endpoint-not-found',
    'endpoint-not-found',
    'endpoint-not-found',
    'invalid-request',
  ])
})

test('metadata tell who answered, and when', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: {
        model: scripted((request) => {
          const init = { contentType: 'application/jsonlines', customAttributes: 'trace=1' }
          return request.operation === 'stream' ? stream([part('a'), part('b')], init) : json({}, init)
        }),
        variants: ['blue'],
      },
    },
  })
  const endpoint = localEndpoint(runtime, 'it')
  const { metadata } = await endpoint.invoke('{}')
  const seen: unknown[] = []
  const onResponse: CallOptions['onResponse'] = (streamed) => {
    seen.push(streamed)
    throw new Error('from the hook')
  }
  expect(await readTexts(endpoint.invokeStream('{}', { onResponse }))).toMatchObject({ texts: ['a', 'b'] })
  const expected = {
    statusCode: 200,
    contentType: 'application/jsonlines',
    invokedProductionVariant: 'blue',
    customAttributes: 'trace=1',
    newSessionId: undefined,
    attempts: 1,
  }
  expect(metadata).toMatchObject(expected)
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({ ...expected, timings: { durationMs: undefined } })
  expect(metadata.requestId).toMatch(/^[\da-f-]{36}$/)
  const { queuedMs, headersMs, firstByteMs, durationMs } = metadata.timings
  expect([queuedMs, headersMs, firstByteMs, durationMs]).toEqual(
    [queuedMs, headersMs, firstByteMs, durationMs!].toSorted((a, b) => a - b),
  )
})
