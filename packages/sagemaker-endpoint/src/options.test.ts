import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { type CallOptions, SagemakerEndpoint } from './index.ts'
import { failureOf, localEndpoint } from './test-support/local-endpoint.ts'

test.each([0, -1, Number.NaN])('maxConcurrency of %d is refused', (maxConcurrency) => {
  expect(() => new SagemakerEndpoint({ endpointName: 'it', maxConcurrency })).toThrow(
    expect.objectContaining({ code: 'invalid-request' }),
  )
})

test.each<readonly [CallOptions, string]>([
  [{ timeouts: { idleMs: 0 } }, 'idleMs'],
  [{ timeouts: { totalMs: Number.NaN } }, 'totalMs'],
  [{ retry: { maxAttempts: 0 } }, 'maxAttempts'],
  [{ retry: { baseDelayMs: -1 } }, 'baseDelayMs'],
])('a call with %j is refused', async (options, named) => {
  const error = await failureOf(localEndpoint({ url: 'http://127.0.0.1:9' }, 'it').invoke('{}', options))
  expect(error.code).toBe('invalid-request')
  expect(error.message).toContain(named)
})

test('undefined members are as good as none', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const none = undefined
  const endpoint = localEndpoint(runtime, 'it', {
    timeouts: { connectMs: none, firstByteMs: none, idleMs: none, totalMs: none },
    retry: { maxAttempts: none, baseDelayMs: none, maxDelayMs: none, readyWithinMs: none, onRetry: none },
    maxConcurrency: none,
    observers: none,
    transport: none,
    sessionId: none,
    clientOptions: none,
  })
  const { metadata } = await endpoint.invoke('{}', { accept: none, signal: none, onResponse: none, timeouts: none })
  expect(metadata.statusCode).toBe(200)
})

test('every limit may be Infinity', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const none = Number.POSITIVE_INFINITY
  const timeouts = { connectMs: none, firstByteMs: none, idleMs: none, totalMs: none }
  const { metadata } = await localEndpoint(runtime, 'it', { timeouts }).invoke('{}')
  expect(metadata.statusCode).toBe(200)
})

test('region is asked for by its name when it is nowhere to be found', async () => {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_CONFIG_FILE } = process.env
  delete process.env['AWS_REGION']
  delete process.env['AWS_DEFAULT_REGION']
  process.env['AWS_CONFIG_FILE'] = '/nowhere'
  try {
    const endpoint = new SagemakerEndpoint({
      endpointName: 'it',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    })
    const error = await failureOf(endpoint.invoke('{}'))
    expect(error).toMatchObject({ code: 'invalid-request', retryable: false })
    expect(error.message).toContain('AWS_REGION')
  } finally {
    Object.assign(
      process.env,
      Object.fromEntries(
        Object.entries({ AWS_REGION, AWS_DEFAULT_REGION, AWS_CONFIG_FILE }).filter(([, value]) => value !== undefined),
      ),
    )
    if (AWS_CONFIG_FILE === undefined) delete process.env['AWS_CONFIG_FILE']
  }
})

test.each(['invoke', 'openai'] as const)(
  'a provider without credentials is credentials, and asked once (%s)',
  async (transport) => {
    let asked = 0
    const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'it', {
      transport,
      credentials: () => {
        asked++
        return Promise.reject(new Error('the vault is sealed'))
      },
    })
    const error = await failureOf(endpoint.invoke('{}'))
    expect(error).toMatchObject({ code: 'credentials', retryable: false, endpointName: 'it' })
    expect(error.message).toContain('the vault is sealed')
    expect(asked).toBe(1)
  },
)

test('a provider that lost its connection is asked again', async () => {
  const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'it', {
    credentials: () => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
    retry: { baseDelayMs: 1 },
  })
  const error = await failureOf(endpoint.invoke('{}'))
  expect(error).toMatchObject({ code: 'connection', retryable: true })
  expect(error.attempts).toHaveLength(3)
})
