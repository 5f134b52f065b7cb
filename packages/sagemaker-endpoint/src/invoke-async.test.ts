import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { scripted, startLocalRuntime, text, type LocalRuntime } from '@x/sagemaker-local'
import type { RequestListener } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type CallOptions, type InvokeAsyncInput, type RoutingOptions, SagemakerEndpoint } from './index.ts'
import { startHttpServer } from './test-support/http-server.ts'
import { credentials, failureOf, localEndpoint } from './test-support/local-endpoint.ts'

const endpoints = { it: { model: scripted((request) => text(`answer to ${request.text}`)), asyncPath: 's3://out/put' } }

const settings = {
  filename: 'answer.json',
  outputPathExtension: 'today',
  requestTtlSeconds: 3600,
  invocationTimeoutSeconds: 60,
} as const

const options: CallOptions = {
  contentType: 'text/csv',
  accept: 'application/jsonlines',
  inferenceId: 'my-id',
  customAttributes: 'accept_eula=true',
}

const headers = {
  'x-amzn-sagemaker-content-type': 'text/csv',
  'x-amzn-sagemaker-accept': 'application/jsonlines',
  'x-amzn-sagemaker-inference-id': 'my-id',
  'x-amzn-sagemaker-custom-attributes': 'accept_eula=true',
  'x-amzn-sagemaker-filename': 'answer.json',
  'x-amzn-sagemaker-s3outputpathextension': 'today',
  'x-amzn-sagemaker-requestttlseconds': '3600',
  'x-amzn-sagemaker-invocationtimeoutseconds': '60',
}

async function writtenAt(runtime: LocalRuntime, location: string): Promise<string> {
  await runtime.idle()
  return new TextDecoder().decode(await runtime.objects.get(location))
}

const clients = {
  built: undefined,
  'passed in': {},
  'passed in with cached middleware': { cacheMiddleware: true },
}

describe.each(Object.entries(clients))('a client that is %s', (_, config) => {
  function endpointOf(runtime: LocalRuntime): SagemakerEndpoint {
    if (config === undefined) return localEndpoint(runtime, 'it')
    const client = new SageMakerRuntimeClient({ endpoint: runtime.url, region: 'us-east-1', credentials, ...config })
    onTestFinished(() => client.destroy())
    return new SagemakerEndpoint({ endpointName: 'it', client })
  }

  test('queues input that is sent along', async () => {
    await using runtime = await startLocalRuntime({ endpoints })
    const endpoint = endpointOf(runtime)
    const result = await endpoint.invokeAsync({ body: 'Zoë', ...settings }, options)
    expect(result).toEqual({
      inferenceId: 'my-id',
      outputLocation: 's3://out/put/output/today/answer.json',
      failureLocation: expect.stringMatching(/^s3:\/\/out\/put\/failure\/today\/.+-error\.out$/) as unknown,
    })
    expect(await writtenAt(runtime, result.outputLocation)).toBe('answer to Zoë')
    const [request] = runtime.requests
    expect(request).toMatchObject({ operation: 'async', text: 'Zoë', headers })
    const signed = /SignedHeaders=([^,]+)/.exec(request?.headers.authorization ?? '')?.[1]?.split(';')
    expect(signed).toEqual(expect.arrayContaining(Object.keys(headers)))
    const bytes = new TextEncoder().encode('as bytes')
    const { outputLocation } = await endpoint.invokeAsync({ body: bytes.subarray(3) })
    expect(await writtenAt(runtime, outputLocation)).toBe('answer to bytes')
    expect(runtime.openSockets).toBe(1)
  })

  test('queues input that lies in S3', async () => {
    await using runtime = await startLocalRuntime({ endpoints })
    await runtime.objects.put('s3://in/put.txt', new TextEncoder().encode('the stored'))
    const result = await endpointOf(runtime).invokeAsync({ inputLocation: 's3://in/put.txt' })
    expect(result.inferenceId).toMatch(/^[\da-f-]{36}$/)
    expect(await writtenAt(runtime, result.outputLocation)).toBe('answer to the stored')
    const [request] = runtime.requests
    expect(request?.headers).toMatchObject({
      'x-amzn-sagemaker-inputlocation': 's3://in/put.txt',
      'x-amzn-sagemaker-content-type': 'application/json',
    })
    expect(request?.body).toHaveLength(0)
  })
})

test('hooks and observers are called as for any other call', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const told: unknown[] = []
  const observer = {
    onRequest: ({ operation, bodyBytes }: { operation: string; bodyBytes: number }) => told.push(operation, bodyBytes),
    onEnd: ({ isPartial }: { isPartial: boolean }) => told.push(isPartial),
  }
  const onResponse: CallOptions['onResponse'] = ({ statusCode, attempts }) => told.push(statusCode, attempts)
  await localEndpoint(runtime, 'it', { observers: [observer] }).invokeAsync({ body: 'four' }, { onResponse })
  expect(told).toEqual(['invokeAsync', 4, 202, 1, false])
})

describe('refused at once', () => {
  const body = 'x'
  const routing: readonly RoutingOptions[] = [
    { enableExplanations: '`true`' },
    { inferenceComponentName: 'my-component' },
    { prefixAwareId: 'prefix-1' },
    { sessionId: 'session-1' },
    { targetContainerHostname: 'second' },
    { targetModel: 'model-a.tar.gz' },
    { targetVariant: 'blue' },
  ]

  test.each(routing)('%j, of the call or of the endpoint', async (option) => {
    await using runtime = await startLocalRuntime({ endpoints })
    const errors = await Promise.all([
      failureOf(localEndpoint(runtime, 'it').invokeAsync({ body }, option)),
      failureOf(localEndpoint(runtime, 'it', option).invokeAsync({ body })),
    ])
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'invalid-request', retryable: false, endpointName: 'it', attempts: [] })
      expect(error.message).toContain(Object.keys(option)[0])
    }
    expect(runtime.requests).toHaveLength(0)
  })

  const inputs: readonly (readonly [input: object, named: string])[] = [
    [{}, 'neither inputLocation nor body'],
    [{ body, inputLocation: 's3://in/put.json' }, 'both inputLocation and body'],
    [{ body: { inputs: 'Hi' } }, 'body is neither text nor bytes'],
    [{ inputLocation: 's3://in/größe.json' }, 'inputLocation may hold'],
    [{ body, filename: 'a\r\nx: y' }, 'filename may hold'],
    [{ body, outputPathExtension: 'ä' }, 'outputPathExtension may hold'],
    [{ body, requestTtlSeconds: 0 }, 'requestTtlSeconds is 0'],
    [{ body, requestTtlSeconds: 60.5 }, 'requestTtlSeconds is 60.5'],
    [{ body, invocationTimeoutSeconds: Number.NaN }, 'invocationTimeoutSeconds is NaN'],
  ]

  test.each(inputs)('%j', async (input, named) => {
    await using runtime = await startLocalRuntime({ endpoints })
    const error = await failureOf(localEndpoint(runtime, 'it').invokeAsync(input as InvokeAsyncInput))
    expect(error).toMatchObject({ code: 'invalid-request', retryable: false, endpointName: 'it', attempts: [] })
    expect(error.message).toContain(named)
    expect(runtime.requests).toHaveLength(0)
  })

  test('a body of more than 128,000 bytes', async () => {
    await using runtime = await startLocalRuntime({ endpoints })
    const endpoint = localEndpoint(runtime, 'it')
    const longest = 'ü'.repeat(64_000)
    const result = await endpoint.invokeAsync({ body: longest })
    expect(await writtenAt(runtime, result.outputLocation)).toBe(`answer to ${longest}`)
    for (const tooLong of [`${longest}x`, new Uint8Array(128_001)]) {
      const error = await failureOf(endpoint.invokeAsync({ body: tooLong }))
      expect(error).toMatchObject({ code: 'payload-too-large', retryable: false, endpointName: 'it', attempts: [] })
      expect(error.message).toContain('128001')
      expect(error.message).toContain('inputLocation')
    }
    expect(runtime.requests).toHaveLength(1)
  })

  test("transport: 'openai'", async () => {
    await using runtime = await startLocalRuntime({ endpoints })
    const error = await failureOf(localEndpoint(runtime, 'it', { transport: 'openai' }).invokeAsync({ body }))
    expect(error).toMatchObject({ code: 'invalid-request' })
    expect(error.message).toContain('invokeAsync is not available on the OpenAI-compatible path')
    expect(runtime.requests).toHaveLength(0)
  })
})

test('undefined members are as good as none', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const none = undefined
  const input = { filename: none, outputPathExtension: none, requestTtlSeconds: none, invocationTimeoutSeconds: none }
  await localEndpoint(runtime, 'it').invokeAsync({ body: 'x', inputLocation: none, ...input })
  const sent = Object.keys(runtime.requests[0]?.headers ?? {}).filter((name) => name.startsWith('x-amzn-sagemaker'))
  expect(sent).toEqual(['x-amzn-sagemaker-content-type'])
})

test('what the service refuses has the code that it has elsewhere', async () => {
  await using runtime = await startLocalRuntime({ endpoints })
  const errors = await Promise.all([
    failureOf(localEndpoint(runtime, 'nowhere').invokeAsync({ body: 'x' })),
    failureOf(localEndpoint(runtime, 'it').invokeAsync({ inputLocation: '/in/put.json' })),
    failureOf(localEndpoint(runtime, 'it').invokeAsync({ body: 'x', requestTtlSeconds: 59 })),
  ])
  expect(errors.map(({ code, statusCode }) => [code, statusCode])).toEqual([
    ['endpoint-not-found', 400],
    ['invalid-request', 400],
    ['invalid-request', 400],
  ])
})

const accepted = { 'content-type': 'application/json', 'x-amzn-sagemaker-outputlocation': 's3://out/1' }
const acceptance = JSON.stringify({ InferenceId: 'id-1' })

test('a request that is not accepted is sent again, and accepted once', async () => {
  const answers: RequestListener[] = [
    (_, response) => response.writeHead(503).end('{"Message":"later"}'),
    (request) => request.socket.destroy(),
    (_, response) => response.writeHead(429, { 'x-amzn-errortype': 'ThrottlingException' }).end('{}'),
    (_, response) => response.writeHead(202, accepted).end(acceptance),
  ]
  let requests = 0
  await using server = await startHttpServer((request, response) => answers[requests++]?.(request, response))
  const retries: string[] = []
  const result = await localEndpoint(server, 'it', {
    retry: { maxAttempts: 4, onRetry: ({ error }) => retries.push(error.code) },
  }).invokeAsync({ body: 'x' })
  expect(result).toEqual({ inferenceId: 'id-1', outputLocation: 's3://out/1', failureLocation: undefined })
  // The connection that was lost had been used before: that costs no attempt.
  expect(retries).toEqual(['service-unavailable', 'throttled'])
  expect(requests).toBe(4)
})

test.each([
  ['no inference id', accepted, '{}'],
  ['no inference id', accepted, ''],
  ['no inference id', accepted, 'null'],
  ['no inference id', accepted, '<html>captive portal</html>'],
  ['no output location', {}, acceptance],
])('an acceptance with %s is unexpected (%j, %s)', async (missing, sent, body) => {
  let requests = 0
  await using server = await startHttpServer((_, response) => {
    requests++
    response.writeHead(202, { ...sent, 'x-amzn-requestid': 'request-1' }).end(body)
  })
  const error = await failureOf(localEndpoint(server, 'it').invokeAsync({ body: 'x' }))
  expect(error).toMatchObject({ code: 'unexpected-response', statusCode: 202, requestId: 'request-1', snippet: body })
  expect(error.message).toContain(missing)
  expect(requests).toBe(1)
})

describe('a service that does not answer', () => {
  test('is left by an abort, with its socket', async () => {
    const controller = new AbortController()
    let closed = (): void => {}
    const isClosed = new Promise<void>((resolve) => (closed = resolve))
    await using server = await startHttpServer((request) => {
      request.socket.once('close', closed)
      controller.abort('enough')
    })
    const call = localEndpoint(server, 'it').invokeAsync({ body: 'x' }, { signal: controller.signal })
    expect(await failureOf(call)).toMatchObject({ name: 'AbortError', code: 'aborted', cause: 'enough' })
    await isClosed
  })

  test('is left by close()', async () => {
    let close = (): void => {}
    await using server = await startHttpServer(() => close())
    const endpoint = localEndpoint(server, 'it')
    close = () => endpoint.close()
    expect((await failureOf(endpoint.invokeAsync({ body: 'x' }))).code).toBe('aborted')
  })

  test('runs into the time limit', async () => {
    await using server = await startHttpServer(() => {})
    const endpoint = localEndpoint(server, 'it', { timeouts: { firstByteMs: 30 } })
    const error = await failureOf(endpoint.invokeAsync({ body: 'x' }))
    expect(error).toMatchObject({ code: 'timeout', attempts: [{ code: 'timeout' }] })
  })
})

test('a place among maxConcurrency is taken and given back', async () => {
  let running = 0
  let most = 0
  await using server = await startHttpServer((_, response) => {
    most = Math.max(most, ++running)
    setTimeout(() => {
      running--
      response.writeHead(202, accepted).end(acceptance)
    }, 5)
  })
  const endpoint = localEndpoint(server, 'it', { maxConcurrency: 2 })
  await Promise.all(Array.from({ length: 8 }, () => endpoint.invokeAsync({ body: 'x' })))
  expect(most).toBe(2)
})

test.each([{}, { cacheMiddleware: true }])(
  'an SDK that is older than body and filename sends them (%j)',
  async (config) => {
    await using runtime = await startLocalRuntime({ endpoints })
    const client = new SageMakerRuntimeClient({ endpoint: runtime.url, region: 'us-east-1', credentials, ...config })
    onTestFinished(() => client.destroy())
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string>; body?: unknown }
        for (const unknown of ['filename', 's3outputpathextension'])
          delete request.headers[`x-amzn-sagemaker-${unknown}`]
        delete request.headers['content-type']
        delete request.body
        return next(args)
      },
      { step: 'serialize', priority: 'low' },
    )
    const endpoint = new SagemakerEndpoint({ endpointName: 'it', client })
    const { outputLocation } = await endpoint.invokeAsync({ body: 'Zoë', ...settings })
    expect(outputLocation).toBe('s3://out/put/output/today/answer.json')
    expect(await writtenAt(runtime, outputLocation)).toBe('answer to Zoë')
    expect(runtime.requests[0]?.headers).toMatchObject({
      'content-length': '4',
      'content-type': 'application/octet-stream',
    })
  },
)

describe('a fake that has nothing but send()', () => {
  test('is given the input of the command, and its output is the result', async () => {
    const sent: unknown[] = []
    const client = {
      send(command: { readonly input: unknown }) {
        sent.push(command.input)
        return Promise.resolve({
          InferenceId: 'id-1',
          OutputLocation: 's3://out/1',
          FailureLocation: 's3://out/1-error',
          $metadata: { httpStatusCode: 202, requestId: 'request-1' },
        })
      },
    }
    const endpoint = new SagemakerEndpoint({ endpointName: 'fake', client })
    const result = { inferenceId: 'id-1', outputLocation: 's3://out/1', failureLocation: 's3://out/1-error' }
    const seen: unknown[] = []
    const onResponse: CallOptions['onResponse'] = ({ statusCode, requestId }) => seen.push(statusCode, requestId)
    expect(await endpoint.invokeAsync({ inputLocation: 's3://in/1', ...settings }, { onResponse })).toEqual(result)
    expect(await endpoint.invokeAsync({ body: 'x' })).toEqual(result)
    expect(seen).toEqual([202, 'request-1'])
    expect(sent).toEqual([
      {
        EndpointName: 'fake',
        ContentType: 'application/json',
        InputLocation: 's3://in/1',
        Filename: 'answer.json',
        S3OutputPathExtension: 'today',
        RequestTTLSeconds: 3600,
        InvocationTimeoutSeconds: 60,
      },
      { EndpointName: 'fake', ContentType: 'application/json', Body: 'x' },
    ])
  })
})
