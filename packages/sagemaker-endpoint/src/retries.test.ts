import {
  type LocalAnswer,
  containerError,
  exception,
  json,
  modelStreamError,
  part,
  reset,
  resetConnection,
  scripted,
  serviceError,
  silence,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import type { RetryEvent, SagemakerErrorCode } from './index.ts'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

const cold = (): LocalAnswer =>
  serviceError('ValidationError', { message: 'Inference component my-component has no capacity to serve the request.' })

const rules: readonly (readonly [
  name: string,
  answer: () => LocalAnswer,
  code: SagemakerErrorCode,
  requests: number,
])[] = [
  ['throttling by status', () => serviceError('TooManyRequestsException'), 'throttled', 3],
  ['throttling by name', () => serviceError('ThrottlingException'), 'throttled', 3],
  ['500', () => serviceError('InternalFailure'), 'service-unavailable', 3],
  ['502', () => serviceError('InternalFailure', { statusCode: 502 }), 'service-unavailable', 3],
  ['503', () => serviceError('ServiceUnavailable'), 'service-unavailable', 3],
  ['504', () => serviceError('InternalFailure', { statusCode: 504 }), 'service-unavailable', 3],
  ['530', () => serviceError('InternalDependencyException'), 'service-unavailable', 3],
  ['a reset connection', () => resetConnection(), 'connection', 3],
  ['429 model not ready', () => serviceError('ModelNotReadyException'), 'model-not-ready', 3],
  ['400 no capacity', cold, 'model-not-ready', 3],
  [
    'container 429',
    () => containerError(429, { error: 'Model is overloaded', error_type: 'overloaded' }),
    'throttled',
    3,
  ],
  ['container 503', () => containerError(503, 'no capacity'), 'service-unavailable', 3],
  ['container 500', () => containerError(500, 'CUDA error'), 'model-error', 1],
  ['container 424', () => containerError(424, { error: 'x', error_type: 'generation' }), 'model-error', 1],
  ['container 400', () => containerError(400, { error: { message: 'x', code: 400 } }), 'invalid-request', 1],
  ['container 404', () => containerError(404, { error: { message: 'x', code: 404 } }), 'invalid-request', 1],
  ['container 413', () => containerError(413, 'length limit exceeded'), 'payload-too-large', 1],
  ['container 422', () => containerError(422, { error: 'x', error_type: 'validation' }), 'invalid-request', 1],
  ['400', () => serviceError('ValidationError'), 'invalid-request', 1],
  [
    '400 not found',
    () => serviceError('ValidationError', { message: 'Endpoint x of account 1 not found.' }),
    'endpoint-not-found',
    1,
  ],
  [
    'a stream error before the stream, the model too slow',
    () => serviceError('ModelStreamError', { members: { ErrorCode: 'ModelInvocationTimeExceeded' }, message: 'x' }),
    'timeout',
    1,
  ],
  ['403', () => serviceError('AccessDeniedException'), 'access-denied', 1],
  ['403 expired', () => serviceError('ExpiredTokenException'), 'credentials', 1],
]

describe.each(['invoke', 'invokeStream'] as const)('%s', (operation) => {
  test.each(rules)('%s', async (_, answer, code, requests) => {
    await using runtime = await startLocalRuntime({ endpoints: { failing: scripted(answer) } })
    const endpoint = localEndpoint(runtime, 'failing')
    const error =
      operation === 'invoke'
        ? await failureOf(endpoint.invoke('{}'))
        : (await readTexts(endpoint.invokeStream('{}'))).error
    expect(error?.code).toBe(code)
    expect(error?.retryable).toBe(requests > 1)
    expect(error?.attempts.map((attempt) => attempt.code)).toEqual(Array.from({ length: requests }, () => code))
    expect(runtime.requests).toHaveLength(requests)
  })
})

test('a call that succeeds in the end tells of its attempts', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      flaky: scripted((request) => (request.index < 2 ? serviceError('ServiceUnavailable') : json({ ok: true }))),
    },
  })
  const events: RetryEvent[] = []
  const { metadata } = await localEndpoint(runtime, 'flaky', {
    retry: { onRetry: (event) => events.push(event) },
  }).invoke('{}')
  expect(metadata.attempts).toBe(3)
  expect(events.map(({ attempt, error }) => [attempt, error.code])).toEqual([
    [1, 'service-unavailable'],
    [2, 'service-unavailable'],
  ])
})

test('maxAttempts of a call, and hooks that throw', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { failing: scripted(() => serviceError('ServiceUnavailable')) },
  })
  const onRetry = (): never => {
    throw new Error('from the hook')
  }
  const error = await failureOf(localEndpoint(runtime, 'failing').invoke('{}', { retry: { maxAttempts: 2, onRetry } }))
  expect(error.attempts).toHaveLength(2)
  expect(runtime.requests).toHaveLength(2)
})

test('the endpoint and the call are both told of a retry, whatever either throws', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { flaky: scripted(({ index }) => (index === 0 ? serviceError('ServiceUnavailable') : json({}))) },
  })
  const told: unknown[] = []
  const listener = (name: string) => (event: RetryEvent) => {
    told.push([name, event.attempt, event.error.code])
    throw new Error('from the hook')
  }
  const endpoint = localEndpoint(runtime, 'flaky', { retry: { onRetry: listener('endpoint') } })
  await endpoint.invoke('{}', { retry: { onRetry: listener('call') } })
  expect(told).toEqual([
    ['endpoint', 1, 'service-unavailable'],
    ['call', 1, 'service-unavailable'],
  ])
})

test('a stream that fails before its first byte is asked for again', async () => {
  const answers = [
    () => stream([exception('InternalStreamFailure')]),
    () => stream([reset()]),
    () => stream([part('good')]),
  ]
  await using runtime = await startLocalRuntime({
    endpoints: { flaky: scripted((request) => answers[request.index]!()) },
  })
  expect(await readTexts(localEndpoint(runtime, 'flaky').invokeStream('{}'))).toMatchObject({ texts: ['good'] })
  expect(runtime.requests).toHaveLength(3)
})

test('nothing is asked for again once output has begun', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { broken: scripted(() => stream([part('x'), exception('InternalStreamFailure')])) },
  })
  const { error } = await readTexts(localEndpoint(runtime, 'broken').invokeStream('{}'))
  expect(error).toMatchObject({ code: 'service-unavailable', retryable: true })
  expect(runtime.requests).toHaveLength(1)
})

test('a model that took too long is not asked again', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { slow: scripted(() => stream([modelStreamError('ModelInvocationTimeExceeded')])) },
  })
  await readTexts(localEndpoint(runtime, 'slow').invokeStream('{}'))
  expect(runtime.requests).toHaveLength(1)
})

describe('Retry-After', () => {
  const busy = (seconds: string): LocalAnswer =>
    serviceError('ServiceUnavailable', { headers: { 'retry-after': seconds } })

  test('is waited for', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { busy: scripted((request) => (request.index === 0 ? busy('1') : json({}))) },
    })
    const delays: number[] = []
    const onRetry = ({ delayMs }: RetryEvent): void => void delays.push(delayMs)
    const { metadata } = await localEndpoint(runtime, 'busy', { retry: { onRetry } }).invoke('{}')
    expect(delays).toEqual([1000])
    expect(metadata.timings.headersMs).toBeGreaterThan(990)
  })

  test('is waited for no longer than maxDelayMs', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { busy: scripted(() => busy('60')) } })
    const retry = { maxDelayMs: 20 }
    const error = await failureOf(localEndpoint(runtime, 'busy', { retry }).invoke('{}'))
    expect(error).toMatchObject({ code: 'service-unavailable', retryable: true, retryAfterMs: 60_000 })
    expect(error.attempts.map(({ delayMs }) => delayMs)).toEqual([20, 20, 0])
    expect(runtime.requests).toHaveLength(3)
  })

  test('ends the call when it is longer than what is left of totalMs', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { busy: scripted(() => busy('5')) } })
    const error = await failureOf(localEndpoint(runtime, 'busy', { timeouts: { totalMs: 3_000 } }).invoke('{}'))
    expect(error).toMatchObject({ code: 'service-unavailable', attempts: [{ delayMs: 0 }] })
    expect(runtime.requests).toHaveLength(1)
  })
})

describe('readyWithinMs', () => {
  test('waits for a model, however many attempts that takes', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        cold: scripted(({ index }) =>
          index < 4 ? serviceError('ModelNotReadyException') : index < 8 ? cold() : json({}),
        ),
      },
    })
    const endpoint = localEndpoint(runtime, 'cold', { retry: { readyWithinMs: 10_000, maxAttempts: 1 } })
    expect((await endpoint.invoke('{}')).metadata.attempts).toBe(9)
  })

  test('gives up at its end, and not before', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { cold: scripted(cold) } })
    const startedAt = performance.now()
    const error = await failureOf(
      localEndpoint(runtime, 'cold', { retry: { readyWithinMs: 200, baseDelayMs: 20 } }).invoke('{}'),
    )
    expect(error.code).toBe('model-not-ready')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199)
    expect(runtime.requests.length).toBeGreaterThan(3)
  })

  test('leaves other failures to maxAttempts', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        cold: scripted(({ index }) =>
          index < 4 ? serviceError('ModelNotReadyException') : serviceError('InternalFailure'),
        ),
      },
    })
    const error = await failureOf(localEndpoint(runtime, 'cold', { retry: { readyWithinMs: 10_000 } }).invoke('{}'))
    expect(error.code).toBe('service-unavailable')
    expect(runtime.requests).toHaveLength(4 + 3)
  })
})

describe('while waiting for the next attempt', () => {
  const waiting = { retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 } }

  test('an abort ends the call at once', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { failing: scripted(() => serviceError('ServiceUnavailable')) },
    })
    const controller = new AbortController()
    const onRetry = (): void => controller.abort('enough')
    const error = await failureOf(
      localEndpoint(runtime, 'failing', waiting).invoke('{}', { signal: controller.signal, retry: { onRetry } }),
    )
    expect(error).toMatchObject({ name: 'AbortError', code: 'aborted', cause: 'enough' })
    expect(error.attempts.map(({ code }) => code)).toEqual(['service-unavailable'])
    expect(runtime.requests).toHaveLength(1)
  })

  test('close() ends the call at once', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { failing: scripted(() => serviceError('ServiceUnavailable')), silent: scripted(() => silence()) },
    })
    const endpoint = localEndpoint(runtime, 'failing', { retry: { ...waiting.retry, onRetry: () => endpoint.close() } })
    expect((await failureOf(endpoint.invoke('{}'))).code).toBe('aborted')
    expect(runtime.requests).toHaveLength(1)
  })
})
