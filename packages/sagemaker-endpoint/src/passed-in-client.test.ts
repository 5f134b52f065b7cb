import { SageMakerRuntimeClient, type SageMakerRuntimeClientConfig } from '@aws-sdk/client-sagemaker-runtime'
import { Agent } from 'node:http'
import { damagedPart, json, part, scripted, serviceError, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { describe, expect, onTestFinished, test } from 'vitest'
import { SagemakerEndpoint } from './index.ts'
import { credentials, failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

function clientOf(
  runtime: { readonly url: string },
  config: SageMakerRuntimeClientConfig = {},
): SageMakerRuntimeClient {
  const client = new SageMakerRuntimeClient({ endpoint: runtime.url, region: 'us-east-1', credentials, ...config })
  onTestFinished(() => client.destroy())
  return client
}

describe.each([{}, { cacheMiddleware: true }])('a client with %j', (config) => {
  test('gives the same answers and metadata', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        it: scripted((request) =>
          request.operation === 'stream' ? stream([part('a'), part('b')]) : json({ ok: true }),
        ),
      },
    })
    const endpoint = new SagemakerEndpoint({ endpointName: 'it', client: clientOf(runtime, config) })
    for (let call = 0; call < 3; call++) {
      const { body, metadata } = await endpoint.invoke('{}')
      expect(new TextDecoder().decode(body)).toBe('{"ok":true}')
      expect(metadata).toMatchObject({ statusCode: 200, invokedProductionVariant: 'AllTraffic', attempts: 1 })
      expect(await readTexts(endpoint.invokeStream('{}'))).toMatchObject({ texts: ['a', 'b'] })
    }
    expect(runtime.openSockets).toBe(1)
  })

  test('keeps the guarantees of a stream', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        left: scripted(() => stream([part('a'), stall()])),
        damaged: scripted(() => stream([part('a'), damagedPart('message-checksum'), stall()])),
      },
    })
    const client = clientOf(runtime, config)
    const left = new SagemakerEndpoint({ endpointName: 'left', client, timeouts: { idleMs: 40 } })
    for await (const _ of left.invokeStream('{}')) break
    await runtime.waitForOpenSockets(0)
    expect((await readTexts(left.invokeStream('{}'))).error?.code).toBe('timeout')
    const damaged = new SagemakerEndpoint({ endpointName: 'damaged', client })
    expect((await readTexts(damaged.invokeStream('{}'))).error).toMatchObject({
      code: 'stream-corrupt',
      requestId: expect.any(String) as unknown,
    })
    await runtime.waitForOpenSockets(0)
  })
})

test('its own retries come before ours', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { failing: scripted(() => serviceError('ServiceUnavailable')) },
  })
  const endpoint = new SagemakerEndpoint({
    endpointName: 'failing',
    client: clientOf(runtime, { maxAttempts: 2 }),
    retry: { baseDelayMs: 0 },
  })
  const error = await failureOf(endpoint.invoke('{}'))
  expect(error.attempts).toHaveLength(3)
  expect(runtime.requests).toHaveLength(6)
})

test('a success after the retries of the client is a success', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { flaky: scripted(({ index }) => (index === 0 ? serviceError('ServiceUnavailable') : json({}))) },
  })
  const endpoint = new SagemakerEndpoint({ endpointName: 'flaky', client: clientOf(runtime) })
  expect((await endpoint.invoke('{}')).metadata.attempts).toBe(1)
})

test('close() ends its calls and leaves the client alone', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted((request) => (request.operation === 'stream' ? stream([part('a'), stall()]) : json({}))),
    },
  })
  const client = clientOf(runtime)
  const first = new SagemakerEndpoint({ endpointName: 'it', client })
  const reading = (async () => {
    for await (const _ of first.invokeStream('{}')) first.close()
  })()
  expect((await failureOf(reading)).code).toBe('aborted')
  const second = new SagemakerEndpoint({ endpointName: 'it', client })
  expect((await second.invoke('{}')).metadata.statusCode).toBe(200)
})

describe('a fake that has nothing but send()', () => {
  const metadata = { httpStatusCode: 200, requestId: 'id-1' }

  test('answers whole', async () => {
    const sent: unknown[] = []
    const client = {
      send(command: { readonly input: unknown }) {
        sent.push(command.input)
        return Promise.resolve({
          Body: new TextEncoder().encode('{}'),
          ContentType: 'application/json',
          InvokedProductionVariant: 'blue',
          $metadata: metadata,
        })
      },
    }
    const endpoint = new SagemakerEndpoint({ endpointName: 'fake', client })
    const result = await endpoint.invoke('{"inputs":"hi"}')
    expect(new TextDecoder().decode(result.body)).toBe('{}')
    expect(result.metadata).toMatchObject({
      requestId: 'id-1',
      contentType: 'application/json',
      invokedProductionVariant: 'blue',
    })
    expect(sent).toEqual([{ EndpointName: 'fake', Body: '{"inputs":"hi"}', ContentType: 'application/json' }])
  })

  test('streams, fails, and is notified when the caller leaves', async () => {
    let isClosed = false
    const signals: (AbortSignal | undefined)[] = []
    const client = {
      send(_command: unknown, options?: { abortSignal?: AbortSignal }) {
        signals.push(options?.abortSignal)
        const events = async function* () {
          try {
            yield { PayloadPart: { Bytes: new TextEncoder().encode('a') } }
            yield { PayloadPart: { Bytes: new TextEncoder().encode('b') } }
            yield { ModelStreamError: { Message: 'x', ErrorCode: 'StreamBroken' } }
          } finally {
            isClosed = true
          }
        }
        return Promise.resolve({ Body: events(), $metadata: metadata })
      },
    }
    const endpoint = new SagemakerEndpoint({ endpointName: 'fake', client })
    expect(await readTexts(endpoint.invokeStream('{}'))).toMatchObject({
      texts: ['a', 'b'],
      error: { code: 'stream-interrupted', requestId: 'id-1', partial: { bytesReceived: 2 } },
    })
    expect(isClosed).toBe(true)
    isClosed = false
    for await (const _ of endpoint.invokeStream('{}')) break
    await new Promise((resolve) => setImmediate(resolve))
    expect(isClosed).toBe(true)
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true])
  })

  test('rejects as the SDK does', async () => {
    const thrown = Object.assign(new Error('Received client error (422) from primary with message "no"'), {
      name: 'ModelError',
      $fault: 'client',
      $metadata: { httpStatusCode: 424, requestId: 'id-2' },
      OriginalStatusCode: 422,
      OriginalMessage: '{"error":"Input validation error: no","error_type":"validation"}',
    })
    const endpoint = new SagemakerEndpoint({ endpointName: 'fake', client: { send: () => Promise.reject(thrown) } })
    expect(await failureOf(endpoint.invoke('{}'))).toMatchObject({
      code: 'invalid-request',
      statusCode: 424,
      originalStatusCode: 422,
      requestId: 'id-2',
    })
  })
})

test('a client that is built announces itself and merges what it is given', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const endpoint = localEndpoint(runtime, 'it', {
    clientOptions: {
      customUserAgent: [['my-app', '1.0']],
      maxAttempts: 7,
      requestHandler: { httpAgent: { maxSockets: 2 } },
    },
  })
  await Promise.all(Array.from({ length: 8 }, () => endpoint.invoke('{}')))
  expect(runtime.openSockets).toBe(2)
  expect(runtime.requests[0]?.headers['user-agent']).toMatch(/ sagemaker-endpoint my-app\/1\.0$/)
})

test('a client that is built opens as many sockets as calls', async () => {
  let arrived = 0
  let release = (): void => {}
  const all = new Promise<void>((resolve) => {
    release = resolve
  })
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(async () => {
        if (++arrived === 120) release()
        await all
        return json({})
      }),
    },
  })
  const endpoint = localEndpoint(runtime, 'it')
  await Promise.all(Array.from({ length: 120 }, () => endpoint.invoke('{}')))
  expect(runtime.openSockets).toBe(120)
})

test('a retry strategy among its options does not bring a second layer of retries', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { failing: scripted(() => serviceError('ServiceUnavailable')) },
  })
  const token = { getRetryCount: () => 0, getRetryDelay: () => 0 }
  let left = 5
  const retryStrategy = {
    mode: 'eager',
    acquireInitialRetryToken: () => Promise.resolve(token),
    refreshRetryTokenForRetry: () => (left-- > 0 ? Promise.resolve(token) : Promise.reject(new Error('no more'))),
    recordSuccess: () => {},
  }
  await failureOf(localEndpoint(runtime, 'failing', { clientOptions: { retryStrategy } }).invoke('{}'))
  expect(runtime.requests).toHaveLength(3)
})

test('close() leaves an agent alone that was passed in', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const httpAgent = new Agent({ keepAlive: true })
  onTestFinished(() => httpAgent.destroy())
  const options = { clientOptions: { requestHandler: { httpAgent } } }
  const first = localEndpoint(runtime, 'it', options)
  await first.invoke('{}')
  first.close()
  expect(runtime.openSockets).toBe(1)
  await localEndpoint(runtime, 'it', options).invoke('{}')
  expect(runtime.openSockets).toBe(1)
})
