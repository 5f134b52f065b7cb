import { createHook } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { EventStreamEncoder } from '@x/stream-core/decoders'
import { expect, test } from 'vitest'
import { localEndpoint } from './test-support/local-endpoint.ts'

const header = (value: string) => ({ type: 'string', value }) as const
const frame = new EventStreamEncoder().encode({
  headers: { ':event-type': header('PayloadPart'), ':message-type': header('event') },
  payload: new TextEncoder().encode('token'),
})

/** The body of an answer that gives one event at a time, as a container does that makes token after token. */
class PacedBody extends EventEmitter {
  readonly #events: number

  constructor(events: number) {
    super()
    this.#events = events
    setImmediate(() => this.#give(0))
  }

  pause(): void {}
  resume(): void {}
  destroy(): void {}

  async *[Symbol.asyncIterator](): AsyncGenerator<never> {}

  #give(given: number): void {
    if (given === this.#events) this.emit('end')
    else {
      this.emit('data', frame)
      setImmediate(() => this.#give(given + 1))
    }
  }
}

/** What reading a stream makes, by the names of Node's asynchronous resources. */
async function madeBy(events: number): Promise<Readonly<Record<string, number>>> {
  const requestHandler = {
    metadata: {},
    handle: () => Promise.resolve({ response: { statusCode: 200, headers: {}, body: new PacedBody(events) } }),
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  }
  const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'it', { clientOptions: { requestHandler } })
  const made: Record<string, number> = {}
  const hook = createHook({
    init(_, type) {
      made[type] = (made[type] ?? 0) + 1
    },
  })
  let received = 0
  hook.enable()
  for await (const _ of endpoint.invokeStream('{}')) received++
  hook.disable()
  expect(received).toBe(events)
  return made
}

test('an event that comes alone makes six promises and no timer', async () => {
  await madeBy(1)
  const few = await madeBy(100)
  const many = await madeBy(1100)
  const perEvent = (type: string): number => ((many[type] ?? 0) - (few[type] ?? 0)) / 1000
  // Meanwhile the test runner makes a few itself.
  expect(perEvent('PROMISE')).toBeLessThan(6.5)
  expect(perEvent('Timeout')).toBeLessThan(0.1)
})
