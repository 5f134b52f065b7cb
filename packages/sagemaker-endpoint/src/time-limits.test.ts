import { Agent } from 'node:http'
import { Socket } from 'node:net'
import { part, pause, scripted, silence, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { startHttpProcess, startHttpServer } from './test-support/http-server.ts'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

const names = { firstByteMs: 'timeouts.firstByteMs of 300 ms', idleMs: 'timeouts.idleMs of 50 ms' }

test('silence before the headers', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { silent: scripted(() => silence()) } })
  const endpoint = localEndpoint(runtime, 'silent', { timeouts: { firstByteMs: 300 } })
  for (const error of [await failureOf(endpoint.invoke('{}')), (await readTexts(endpoint.invokeStream('{}'))).error]) {
    expect(error).toMatchObject({ code: 'timeout', retryable: false, attempts: [{ code: 'timeout' }] })
    expect(error?.message).toContain(names.firstByteMs)
  }
  // Not sent again: the model may still be computing.
  expect(runtime.requests).toHaveLength(2)
  await runtime.waitForOpenSockets(0)
})

test('silence between the headers and the first byte', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { silent: scripted(() => stream([stall()])) } })
  const { error } = await readTexts(
    localEndpoint(runtime, 'silent', { timeouts: { firstByteMs: 300 } }).invokeStream('{}'),
  )
  expect(error).toMatchObject({ code: 'timeout', statusCode: 200 })
  expect(error?.message).toContain(names.firstByteMs)
  await runtime.waitForOpenSockets(0)
})

test('silence within a whole answer, and within an error', async () => {
  await using server = await startHttpServer((request, response) => {
    response.writeHead(request.url?.includes('bad') ? 400 : 200, { 'content-length': '100' })
    response.write('{"generated_')
  })
  const timeouts = { firstByteMs: 20_000, idleMs: 50 }
  const whole = await failureOf(localEndpoint(server, 'good', { timeouts }).invoke('{}'))
  expect(whole).toMatchObject({ code: 'timeout', partial: { bytesReceived: 12 } })
  const failed = await failureOf(localEndpoint(server, 'bad', { timeouts: { firstByteMs: 50 } }).invoke('{}'))
  expect(failed.code).toBe('timeout')
})

test('silence between parts', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { silent: scripted(() => stream([part('one'), part('two'), stall()])) },
  })
  const { texts, error } = await readTexts(
    localEndpoint(runtime, 'silent', { timeouts: { idleMs: 50 } }).invokeStream('{}'),
  )
  expect(texts).toEqual(['one', 'two'])
  expect(error).toMatchObject({ code: 'timeout', partial: { bytesReceived: 6 } })
  expect(error?.message).toContain(names.idleMs)
  expect(error?.requestId).toBeDefined()
  await runtime.waitForOpenSockets(0)
})

test('the limit between parts starts anew with each of them', async () => {
  const steps = Array.from({ length: 6 }, (_, index) => [pause(200), part(`${index}`)]).flat()
  await using runtime = await startLocalRuntime({ endpoints: { steady: scripted(() => stream(steps)) } })
  const endpoint = localEndpoint(runtime, 'steady', { timeouts: { idleMs: 1000 } })
  expect(await readTexts(endpoint.invokeStream('{}'))).toMatchObject({ texts: ['0', '1', '2', '3', '4', '5'] })
})

test('a slow consumer is not a stall', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { fast: scripted(() => stream([part('a'), pause(5), part('b'), pause(5), part('c')])) },
  })
  const texts: string[] = []
  for await (const bytes of localEndpoint(runtime, 'fast', { timeouts: { idleMs: 200 } }).invokeStream('{}')) {
    texts.push(new TextDecoder().decode(bytes))
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
  expect(texts).toEqual(['a', 'b', 'c'])
})

test('a program that is busy for longer than the limit is not a stall', async () => {
  // Another process sends, since this one is busy.
  await using server = await startHttpProcess(`
    response.writeHead(200)
    response.write('a')
    setTimeout(() => response.end('b'), 50)`)
  const endpoint = localEndpoint(server, 'it', { timeouts: { idleMs: 100 } })
  const onResponse = (): void => {
    setImmediate(() => {
      const until = performance.now() + 1000
      while (performance.now() < until);
    })
  }
  expect(new TextDecoder().decode((await endpoint.invoke('{}', { onResponse })).body)).toBe('ab')
})

test('totalMs ends a call that never stops talking', async () => {
  const chatter = async function* () {
    for (;;) {
      yield part('blah')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  await using runtime = await startLocalRuntime({ endpoints: { chatty: scripted(() => stream(chatter())) } })
  const { texts, error } = await readTexts(
    localEndpoint(runtime, 'chatty', { timeouts: { totalMs: 500 } }).invokeStream('{}'),
  )
  expect(texts.length).toBeGreaterThan(0)
  expect(error).toMatchObject({ code: 'timeout' })
  expect(error?.message).toContain('timeouts.totalMs of 500 ms')
  await runtime.waitForOpenSockets(0)
})

test('totalMs counts the wait for a place', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { slow: scripted(() => silence()) } })
  const endpoint = localEndpoint(runtime, 'slow', { maxConcurrency: 1 })
  const first = failureOf(endpoint.invoke('{}'))
  const second = await failureOf(endpoint.invoke('{}', { timeouts: { totalMs: 50 } }))
  expect(second).toMatchObject({ code: 'timeout', attempts: [] })
  endpoint.close()
  expect((await first).code).toBe('aborted')
})

test('limits of a call go before those of the endpoint, one by one', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { silent: scripted(() => stream([part('one'), stall()])) },
  })
  const endpoint = localEndpoint(runtime, 'silent', { timeouts: { firstByteMs: 10_000, idleMs: 10_000 } })
  const { error } = await readTexts(endpoint.invokeStream('{}', { timeouts: { idleMs: 50 } }))
  expect(error?.message).toContain(names.idleMs)
})

test('a connection that is not made within connectMs is tried again', async () => {
  class NeverConnecting extends Agent {
    attempts = 0
    override createConnection(): Socket {
      this.attempts++
      return Object.assign(new Socket(), { connecting: true })
    }
  }
  const httpAgent = new NeverConnecting()
  const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'any', {
    clientOptions: { requestHandler: { httpAgent } },
    timeouts: { connectMs: 30 },
  })
  const error = await failureOf(endpoint.invoke('{}'))
  expect(error).toMatchObject({ code: 'timeout', retryable: true })
  expect(error.message).toContain('no connection within timeouts.connectMs')
  expect(error.attempts).toHaveLength(3)
  expect(httpAgent.attempts).toBe(3)
})
