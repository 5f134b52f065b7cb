import { json, part, scripted, silence, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

const reasons: readonly (readonly [string, unknown])[] = [
  ['no reason', undefined],
  ['a text', 'user pressed stop'],
  ['an error', new Error('from the caller')],
  ['an object', { status: 'left' }],
]

describe.each(reasons)('aborted with %s', (_, given) => {
  const aborted = (): AbortSignal => AbortSignal.abort(given)
  const cause: unknown = aborted().reason

  test('before the call: nothing is sent', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { any: scripted(() => json({})) } })
    const endpoint = localEndpoint(runtime, 'any')
    for (const error of [
      await failureOf(endpoint.invoke('{}', { signal: aborted() })),
      (await readTexts(endpoint.invokeStream('{}', { signal: aborted() }))).error,
    ]) {
      expect(error).toMatchObject({ name: 'AbortError', code: 'aborted', retryable: false })
      expect(error?.cause).toEqual(cause)
    }
    expect(runtime.requests).toHaveLength(0)
  })

  test('before the headers', async () => {
    const controller = new AbortController()
    await using runtime = await startLocalRuntime({
      endpoints: {
        silent: scripted(() => {
          controller.abort(given)
          return silence()
        }),
      },
    })
    const error = await failureOf(localEndpoint(runtime, 'silent').invoke('{}', { signal: controller.signal }))
    expect(error).toMatchObject({ name: 'AbortError', code: 'aborted' })
    expect(error.cause).toEqual(cause)
    await runtime.waitForOpenSockets(0)
  })

  test('between two parts', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { stalling: scripted(() => stream([part('one'), stall()])) },
    })
    const controller = new AbortController()
    const texts: string[] = []
    const reading = (async () => {
      for await (const bytes of localEndpoint(runtime, 'stalling').invokeStream('{}', { signal: controller.signal })) {
        texts.push(new TextDecoder().decode(bytes))
        setTimeout(() => controller.abort(given), 5)
      }
    })()
    const error = await failureOf(reading)
    expect(error).toMatchObject({ name: 'AbortError', code: 'aborted' })
    expect(error.cause).toEqual(cause)
    expect(texts).toEqual(['one'])
    await runtime.waitForOpenSockets(0)
  })
})

test('a signal that times out is no different', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { silent: scripted(() => silence()) } })
  const error = await failureOf(localEndpoint(runtime, 'silent').invoke('{}', { signal: AbortSignal.timeout(20) }))
  expect(error).toMatchObject({ name: 'AbortError', code: 'aborted', cause: { name: 'TimeoutError' } })
})

test('parts that wait in memory are dropped', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { many: scripted(() => stream(Array.from({ length: 1000 }, (_, index) => `${index}`))) },
  })
  const controller = new AbortController()
  let received = 0
  const reading = (async () => {
    for await (const _ of localEndpoint(runtime, 'many').invokeStream('{}', { signal: controller.signal })) {
      received++
      controller.abort()
    }
  })()
  expect((await failureOf(reading)).code).toBe('aborted')
  expect(received).toBe(1)
})

test('an abort reaches subscribers as an error', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { stalling: scripted(() => stream([part('one'), stall()])) },
  })
  const controller = new AbortController()
  const error = await failureOf(
    new Promise((resolve, reject) => {
      localEndpoint(runtime, 'stalling')
        .invokeStream('{}', { signal: controller.signal })
        .subscribe({ next: () => controller.abort('left'), error: reject, complete: () => resolve(undefined) })
    }),
  )
  expect(error).toMatchObject({ code: 'aborted', cause: 'left' })
  await runtime.waitForOpenSockets(0)
})

test('an abort while credentials are fetched ends the call', async () => {
  const controller = new AbortController()
  const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'any', {
    credentials: () => {
      controller.abort('left')
      return new Promise(() => {})
    },
  })
  const error = await failureOf(endpoint.invoke('{}', { signal: controller.signal }))
  expect(error).toMatchObject({ code: 'aborted', cause: 'left' })
})

test('a signal outlives its calls without keeping anything of them', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { any: scripted(() => stream([part('a')])) } })
  const endpoint = localEndpoint(runtime, 'any')
  const { signal } = new AbortController()
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...input: Parameters<typeof add>) => (listeners++, add(...input))
  signal.removeEventListener = (...input: Parameters<typeof remove>) => (listeners--, remove(...input))
  await endpoint.invoke('{}', { signal })
  await readTexts(endpoint.invokeStream('{}', { signal }))
  for await (const _ of endpoint.invokeStream('{}', { signal })) break
  endpoint.invokeStream('{}', { signal })
  expect(listeners).toBe(0)
})

describe('close()', () => {
  test('ends what runs and what waits, and later calls', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { stalling: scripted(() => stream([part('one'), stall()])) },
    })
    const endpoint = localEndpoint(runtime, 'stalling', { maxConcurrency: 1 })
    let waiting: Promise<unknown> | undefined
    const running = (async () => {
      for await (const _ of endpoint.invokeStream('{}')) {
        waiting = failureOf(endpoint.invoke('{}'))
        endpoint.close()
      }
    })()
    for (const error of [await failureOf(running), await waiting, await failureOf(endpoint.invoke('{}'))]) {
      const message: unknown = expect.stringContaining('close()')
      expect(error).toMatchObject({ name: 'AbortError', code: 'aborted', message })
    }
    expect(runtime.requests).toHaveLength(1)
    await runtime.waitForOpenSockets(0)
  })

  test('is not undone by a retry of the SDK, and closes idle connections', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { any: scripted(() => json({})) } })
    const endpoint = localEndpoint(runtime, 'any')
    await endpoint.invoke('{}')
    expect(runtime.openSockets).toBe(1)
    endpoint.close()
    endpoint.close()
    await runtime.waitForOpenSockets(0)
    expect(runtime.requests).toHaveLength(1)
  })
})
