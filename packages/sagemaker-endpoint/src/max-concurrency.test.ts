import { json, part, scripted, serviceError, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

test('no more calls run at once, and they run in order of arrival', async () => {
  let running = 0
  let most = 0
  const order: unknown[] = []
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(async (request) => {
        order.push(request.json())
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running--
        return json({})
      }),
    },
  })
  const endpoint = localEndpoint(runtime, 'it', { maxConcurrency: 3 })
  const results = await Promise.all(Array.from({ length: 12 }, (_, index) => endpoint.invoke(`${index}`)))
  expect(most).toBe(3)
  expect(order.slice(3)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(results.at(-1)!.metadata.timings.queuedMs).toBeGreaterThan(results[0]!.metadata.timings.queuedMs)
})

test('a stream holds its place until it is read to the end, fails or is left', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted((request) =>
        request.text === 'stall' ? stream([part('a'), stall()]) : stream([part('a'), part('b')]),
      ),
    },
  })
  const endpoint = localEndpoint(runtime, 'it', { maxConcurrency: 1, timeouts: { idleMs: 30 } })
  expect((await readTexts(endpoint.invokeStream('all'))).texts).toEqual(['a', 'b'])
  expect((await readTexts(endpoint.invokeStream('stall'))).error?.code).toBe('timeout')
  for await (const _ of endpoint.invokeStream('stall')) break
  expect((await readTexts(endpoint.invokeStream('all'))).texts).toEqual(['a', 'b'])
  expect(runtime.requests).toHaveLength(4)
})

test('a call that is aborted while it waits leaves the queue and is never sent', async () => {
  let finish = (): void => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(async () => {
        await finished
        return json({})
      }),
    },
  })
  const endpoint = localEndpoint(runtime, 'it', { maxConcurrency: 1 })
  const first = endpoint.invoke('1')
  const controller = new AbortController()
  const second = failureOf(endpoint.invoke('2', { signal: controller.signal }))
  const third = endpoint.invoke('3')
  controller.abort('left')
  expect(await second).toMatchObject({ code: 'aborted', cause: 'left', attempts: [] })
  finish()
  await Promise.all([first, third])
  expect(runtime.requests.map(({ text }) => text)).toEqual(['1', '3'])
})

test('a stream that is left before its first part, at whatever moment, gives its place back', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => stream([part('a'), stall()])) } })
  const endpoint = localEndpoint(runtime, 'it', { maxConcurrency: 1, timeouts: { totalMs: 10_000 } })
  for (let turns = 0; turns < 80; turns++) {
    const iterator = endpoint.invokeStream('{}')[Symbol.asyncIterator]()
    const first = iterator.next()
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    await iterator.return()
    await first
  }
  for await (const bytes of endpoint.invokeStream('{}')) {
    expect(new TextDecoder().decode(bytes)).toBe('a')
    break
  }
  await runtime.waitForOpenSockets(0)
})

/** Throttles what exceeds its capacity, and takes a while for the rest. */
function instanceWith(capacity: number) {
  let running = 0
  const seen = { throttled: 0 }
  const model = scripted(async () => {
    if (running >= capacity) {
      seen.throttled++
      return serviceError('ThrottlingException')
    }
    running++
    await new Promise((resolve) => setTimeout(resolve, 10))
    running--
    return json({})
  })
  return { model, seen }
}

test('an adaptive limit finds the number of calls that the endpoint takes', async () => {
  const instance = instanceWith(4)
  await using runtime = await startLocalRuntime({ endpoints: { it: instance.model } })
  const endpoint = localEndpoint(runtime, 'it', {
    maxConcurrency: 'adaptive',
    retry: { maxAttempts: 50, baseDelayMs: 50 },
  })
  await Promise.all(Array.from({ length: 32 }, () => endpoint.invoke('{}')))
  const whileLearning = instance.seen.throttled
  expect(whileLearning).toBeGreaterThan(0)
  await Promise.all(Array.from({ length: 64 }, () => endpoint.invoke('{}')))
  // Without a limit, 60 of the 64 would be throttled at least once.
  expect(instance.seen.throttled - whileLearning).toBeLessThan(40)
})

test('a fixed limit stays as it is when the endpoint throttles', async () => {
  let isThrottling = true
  let arrived = 0
  let start = (): void => {}
  const allArrived = new Promise<void>((resolve) => {
    start = resolve
  })
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(async () => {
        if (isThrottling) return serviceError('ThrottlingException')
        if (++arrived === 8) start()
        await allArrived
        return json({})
      }),
    },
  })
  const endpoint = localEndpoint(runtime, 'it', { maxConcurrency: 8, retry: { maxAttempts: 1 } })
  const call = () => endpoint.invoke('{}').catch(({ code }: { code: string }) => code)
  expect(await Promise.all(Array.from({ length: 8 }, call))).toEqual(Array.from({ length: 8 }, () => 'throttled'))
  isThrottling = false
  // None is answered before all eight are in flight.
  await Promise.all(Array.from({ length: 8 }, call))
  expect(arrived).toBe(8)
})

test('streams share the adaptive limit, and give their place back', async () => {
  let calls = 0
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(() => (++calls === 2 ? serviceError('ThrottlingException') : stream([part('a'), stall()]))),
    },
  })
  const endpoint = localEndpoint(runtime, 'it', { maxConcurrency: 'adaptive' })
  const [first, second, third] = [1, 2, 3].map(() => endpoint.invokeStream('{}')[Symbol.asyncIterator]())
  await first!.next()
  // Throttled with two in flight: one may go on, and it is the one that was throttled once the other has ended.
  await second!.next()
  const waiting = third!.next()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(runtime.requests).toHaveLength(3)
  await first!.return()
  await second!.return()
  expect(new TextDecoder().decode((await waiting).value as Uint8Array)).toBe('a')
  await third!.return()
  await runtime.waitForOpenSockets(0)
})

test('a limit that is no number is refused', async () => {
  await using runtime = await startLocalRuntime({ endpoints: {} })
  expect(() => localEndpoint(runtime, 'it', { maxConcurrency: 'many' as never })).toThrow(/maxConcurrency is many/)
})
