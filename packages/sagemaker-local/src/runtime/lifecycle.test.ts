import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  demoEmbeddingModel,
  demoLanguageModel,
  part,
  pause,
  scripted,
  startLocalRuntime,
  type LocalRuntime,
} from '../index.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const unhandled: unknown[] = []
const note = (reason: unknown): unknown => unhandled.push(reason)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})
afterEach(() => {
  process.off('unhandledRejection', note)
  if (unhandled.length > 0) throw new AggregateError(unhandled, 'There were unhandled rejections.')
})

function manySockets(runtime: LocalRuntime): SageMakerRuntimeClient {
  return new SageMakerRuntimeClient({
    endpoint: runtime.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: { httpAgent: { maxSockets: 300 } },
  })
}

const request = new InvokeEndpointWithResponseStreamCommand({
  EndpointName: 'llm',
  ContentType: 'application/json',
  Body: JSON.stringify({ inputs: 'The sea', parameters: { max_new_tokens: 20 }, stream: true }),
})

describe('200 streams at once', () => {
  test('all arrive whole, and nothing stays open', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { llm: demoLanguageModel({ tokensPerSecond: 100 }) } })
    const client = manySockets(runtime)
    const texts = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const { Body } = await client.send(request)
        const { parts, error } = await readParts(Body)
        expect(error).toBeUndefined()
        return parts.join('')
      }),
    )
    expect(new Set(texts).size).toBe(1)
    expect(runtime.requests.every(({ outcome }) => outcome === 'finished')).toBe(true)
    client.destroy()
    await runtime.waitForOpenSockets(0)
    expect(runtime.activeRequests).toBe(0)
  })

  test('200 abandoned ones leave nothing behind', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { llm: scripted(endlessTicks) } })
    const client = manySockets(runtime)
    await Promise.all(
      Array.from({ length: 200 }, async () => {
        const caller = new AbortController()
        const { Body } = await client.send(request, { abortSignal: caller.signal })
        await Body?.[Symbol.asyncIterator]().next()
        caller.abort()
      }),
    )
    await runtime.waitForOpenSockets(0)
    await runtime.idle()
    expect(runtime.requests.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 200 }, () => 'aborted'))
  })
})

async function* endlessTicks() {
  for (;;) yield* [part('tick'), pause(5)]
}

describe('close()', () => {
  test('lets answers finish when it is given time', async () => {
    const runtime = await startLocalRuntime({ endpoints: { llm: scripted(() => ['a', pause(100), 'b']) } })
    const { Body } = await sdkClient(runtime).send(request)
    const closing = runtime.close({ drainMs: 10_000 })
    expect(await readParts(Body)).toEqual({ parts: ['a', 'b'] })
    await closing
    await expect(fetch(`${runtime.url}/ping`)).rejects.toThrow('fetch failed')
  })

  test('does not wait for longer than that', async () => {
    const runtime = await startLocalRuntime({ endpoints: { llm: scripted(endlessTicks) } })
    const { Body } = await sdkClient(runtime).send(request)
    const reading = readParts(Body)
    await runtime.close({ drainMs: 50 })
    expect(await reading).toMatchObject({ error: { code: 'ECONNRESET' } })
    expect(runtime.openSockets).toBe(0)
  })

  test('twice is the same as once', async () => {
    const runtime = await startLocalRuntime({ endpoints: {} })
    await Promise.all([runtime.close(), runtime.close()])
    expect(runtime.openSockets).toBe(0)
  })
})

test('waitForOpenSockets gives up with a number', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { llm: scripted(endlessTicks) } })
  await sdkClient(runtime).send(request)
  await expect(runtime.waitForOpenSockets(0, 50)).rejects.toThrow('1 sockets are still open after 50 ms, not 0.')
})

test('a taken port is the error of the operating system', async () => {
  await using first = await startLocalRuntime({ endpoints: {} })
  await expect(startLocalRuntime({ endpoints: {}, port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('only the latest requests are kept', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => 'ok') }, maxRecordedRequests: 2 })
  for (const body of ['1', '2', '3']) await fetch(`${runtime.url}/endpoints/e/invocations`, { method: 'POST', body })
  expect(runtime.requests.map(({ text, index }) => [text, index])).toEqual([
    ['2', 1],
    ['3', 2],
  ])
})

test('/ping says that it is there, / how to call it', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { '<b>': { model: demoLanguageModel(), faults: { ending: 'reset' } }, embed: demoEmbeddingModel() },
  })
  expect((await fetch(`${runtime.url}/ping`)).status).toBe(200)
  const page = await fetch(runtime.url)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const html = await page.text()
  expect(html).toContain(`export AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${runtime.url}`)
  expect(html).toContain('Demo embedding model in the format of Text Embeddings Inference (tei), 384 dimensions')
  expect(html).toContain('&#60;b&#62;')
  expect(html).not.toContain('<b>')
})

test('it listens on IPv6, too', async () => {
  await using runtime = await startLocalRuntime({ endpoints: {}, host: '::1' })
  expect(runtime.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect((await fetch(`${runtime.url}/ping`)).status).toBe(200)
})
