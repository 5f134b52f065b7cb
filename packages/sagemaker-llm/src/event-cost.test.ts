import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { EventStreamEncoder } from '@x/stream-core/decoders'
import { createHook } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { openai } from './handlers/openai.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'

// Much is loaded, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 120_000 })

// What an event of a stream costs in addition to its decoding is promises. They are counted, which needs no clock.

const header = (value: string) => ({ type: 'string', value }) as const
const encoder = new EventStreamEncoder()

function frameOf(text: string): Uint8Array {
  const headers = { ':event-type': header('PayloadPart'), ':message-type': header('event') }
  return encoder.encode({ headers, payload: new TextEncoder().encode(text) })
}

const event = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`

/** The body of a response that gives one part at a time, as a container does that makes token after token. */
class PacedBody extends EventEmitter {
  readonly #parts: readonly Uint8Array[]

  constructor(parts: readonly Uint8Array[]) {
    super()
    this.#parts = parts
    setImmediate(() => this.#give(0))
  }

  pause(): void {}
  resume(): void {}
  destroy(): void {}

  async *[Symbol.asyncIterator](): AsyncGenerator<never> {}

  #give(at: number): void {
    const part = this.#parts[at]
    if (part === undefined) this.emit('end')
    else {
      this.emit('data', part)
      setImmediate(() => this.#give(at + 1))
    }
  }
}

/** Promises that reading a stream makes, from the socket to the `for await` of the caller. */
async function promisesOf(parts: number, eventsPerPart: number): Promise<number> {
  const body = [
    ...Array.from({ length: parts }, () => frameOf(event('Hello').repeat(eventsPerPart))),
    frameOf(`${event('', 'stop')}data: [DONE]\n\n`),
  ]
  const requestHandler = {
    metadata: {},
    handle: () => Promise.resolve({ response: { statusCode: 200, headers: {}, body: new PacedBody(body) } }),
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  }
  const endpoint = new SagemakerEndpoint({
    endpointName: 'my-llama',
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:9',
    clientOptions: { requestHandler },
  })
  const llm = new SagemakerLLM({ endpoint, contentHandler: openai() })
  let promises = 0
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'PROMISE') promises++
    },
  })
  let chunks = 0
  hook.enable()
  for await (const { delta } of llm.streamChat([{ role: 'user', content: 'Hi' }])) if (delta !== '') chunks++
  hook.disable()
  expect(chunks).toBe(parts * eventsPerPart)
  return promises
}

test.each([
  { eventsPerPart: 20, most: 2.3 },
  { eventsPerPart: 1, most: 7.5 },
])('an event of streamChat costs at most $most promises at $eventsPerPart a part', async ({ eventsPerPart, most }) => {
  await promisesOf(1, eventsPerPart)
  const promises = (await promisesOf(120, eventsPerPart)) - (await promisesOf(20, eventsPerPart))
  expect(promises / (100 * eventsPerPart)).toBeLessThanOrEqual(most)
})
