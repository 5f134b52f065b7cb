import { json, part, scripted, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
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
