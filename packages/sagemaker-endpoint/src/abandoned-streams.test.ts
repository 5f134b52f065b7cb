import { json, part, scripted, startLocalRuntime, stream } from '@x/sagemaker-local'
import { firstValueFrom, take } from 'rxjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SagemakerEndpoint } from './index.ts'
import { heldBytes } from './test-support/heap.ts'
import { localEndpoint } from './test-support/local-endpoint.ts'

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})

afterEach(() => {
  process.off('unhandledRejection', note)
})

/** Every way to leave a stream early. Each takes at least one part first. */
const ways: Readonly<Record<string, (endpoint: SagemakerEndpoint) => Promise<unknown>>> = {
  async break(endpoint) {
    for await (const _ of endpoint.invokeStream('{}')) break
  },
  async throw(endpoint) {
    const failed = new Error('from the consumer')
    const read = async (): Promise<void> => {
      for await (const _ of endpoint.invokeStream('{}')) throw failed
    }
    await read().catch((error: unknown) => {
      if (error !== failed) throw error
    })
  },
  async return(endpoint) {
    const iterator = endpoint.invokeStream('{}')[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.return()
  },
  async 'return while a part is awaited'(endpoint) {
    const iterator = endpoint.invokeStream('{}')[Symbol.asyncIterator]()
    await iterator.next()
    const pending = (async () => {
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next());
    })()
    await iterator.return()
    await pending
  },
  async 'await using'(endpoint) {
    await using iterator = endpoint.invokeStream('{}')[Symbol.asyncIterator]()
    await iterator.next()
  },
  async unsubscribe(endpoint) {
    await new Promise<void>((resolve, reject) => {
      const subscription = endpoint.invokeStream('{}').subscribe({
        next: () => {
          queueMicrotask(() => subscription.unsubscribe())
          resolve()
        },
        error: reject,
      })
    })
  },
  'an operator': (endpoint) => firstValueFrom(endpoint.invokeStream('{}').pipe(take(1))),
  async abort(endpoint) {
    const controller = new AbortController()
    const read = async (): Promise<void> => {
      for await (const _ of endpoint.invokeStream('{}', { signal: controller.signal })) controller.abort()
    }
    await read().catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'AbortError')) throw error
    })
  },
  async 'abort before the first part'(endpoint) {
    const controller = new AbortController()
    const iterator = endpoint.invokeStream('{}', { signal: controller.signal })[Symbol.asyncIterator]()
    const pending = iterator.next().then(
      () => {},
      () => {},
    )
    setImmediate(() => controller.abort())
    await pending
    await iterator.return()
  },
  async 'a web stream'(endpoint) {
    const reader = endpoint.invokeStream('{}').toReadableStream().getReader()
    await reader.read()
    await reader.cancel()
  },
}

async function* endless() {
  for (;;) {
    yield part('token ')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('500 streams left in every way leave no socket, and the next call works', { timeout: 30_000 }, async () => {
  await using runtime = await startLocalRuntime({
    maxRecordedRequests: 1,
    endpoints: { endless: scripted((request) => (request.operation === 'stream' ? stream(endless()) : json({}))) },
  })
  const endpoint = localEndpoint(runtime, 'endless')
  const leave = Object.values(ways)
  const held: number[] = []
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => leave[(round + index) % leave.length]!(endpoint)))
    held.push(await heldBytes())
  }
  await runtime.waitForOpenSockets(0)
  await runtime.idle()
  expect((await endpoint.invoke('{}')).metadata.attempts).toBe(1)
  expect(runtime.openSockets).toBe(1)
  expect(unhandled).toEqual([])
  // An open stream holds some 20 KB; those of the later rounds would be 9 MB.
  expect(held.at(-1)! - held[0]!).toBeLessThan(3 * 2 ** 20)
})

test.each(Object.entries(ways))('%s closes the socket while the server goes on', async (_, leave) => {
  await using runtime = await startLocalRuntime({ endpoints: { endless: scripted(() => stream(endless())) } })
  await leave(localEndpoint(runtime, 'endless'))
  await runtime.waitForOpenSockets(0)
  expect(runtime.requests.map(({ outcome }) => outcome)).not.toContain('finished')
  expect(unhandled).toEqual([])
})

test('a stream that is read to its end gives its connection back', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { short: scripted(() => stream(['a', 'b'])) } })
  const endpoint = localEndpoint(runtime, 'short')
  for (let call = 0; call < 20; call++) for await (const _ of endpoint.invokeStream('{}'));
  expect(runtime.openSockets).toBe(1)
})
