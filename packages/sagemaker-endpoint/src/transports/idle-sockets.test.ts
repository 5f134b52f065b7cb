import { once } from 'node:events'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { expect, onTestFinished, test } from 'vitest'
import type { SagemakerEndpoint, SagemakerEndpointOptions } from '../index.ts'
import { credentials, failureOf, localEndpoint } from '../test-support/local-endpoint.ts'
import { httpResponse, onRequests, type RawServer, startRawServer } from '../test-support/raw-server.ts'

const good = httpResponse('200 OK', { 'content-type': 'application/json', 'x-amzn-requestid': 'id-1' }, '{"ok":true}')

/** A server whose connections of the first round all die at their next byte, as behind a NAT gateway that forgot them. */
async function startForgetfulServer(count: number): Promise<RawServer> {
  return startRawServer((socket, index) => {
    let answered = 0
    onRequests(socket, () => {
      if (index < count && answered++ > 0) socket.resetAndDestroy()
      else socket.write(good)
    })
  })
}

/** Several calls at once, so that as many connections are idle afterwards. */
async function fillPool(endpoint: SagemakerEndpoint, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => endpoint.invoke('{}')))
}

const transports: readonly Partial<SagemakerEndpointOptions>[] = [{ transport: 'invoke' }, { transport: 'openai' }]

test.each(transports)('connections that died while idle cost no attempt: %j', async (options) => {
  await using server = await startForgetfulServer(6)
  const endpoint = localEndpoint(server, 'it', options)
  await fillPool(endpoint, 6)
  const { metadata } = await endpoint.invoke('{}')
  expect(metadata.attempts).toBe(1)
  expect(server.sockets).toHaveLength(7)
})

test('a stream is opened on a new connection, too', async () => {
  await using server = await startForgetfulServer(4)
  const endpoint = localEndpoint(server, 'it', { transport: 'openai' })
  await fillPool(endpoint, 4)
  const texts: string[] = []
  for await (const bytes of endpoint.invokeStream('{}')) texts.push(new TextDecoder().decode(bytes))
  expect(texts).toEqual(['{"ok":true}'])
})

test.each(transports)('without retries, the request is not sent twice: %j', async (options) => {
  await using server = await startForgetfulServer(3)
  const endpoint = localEndpoint(server, 'it', { ...options, retry: { maxAttempts: 1 } })
  await fillPool(endpoint, 3)
  expect(await failureOf(endpoint.invoke('{}'))).toMatchObject({
    code: 'connection',
    attempts: [{ code: 'connection' }],
  })
  // The other idle connections went with it.
  expect((await endpoint.invoke('{}')).metadata.attempts).toBe(1)
})

test('a client that was passed in meets dead connections in one attempt only', async () => {
  await using server = await startForgetfulServer(8)
  const client = new SageMakerRuntimeClient({ region: 'us-east-1', endpoint: server.url, credentials })
  onTestFinished(() => client.destroy())
  const endpoint = localEndpoint(server, 'it', { client })
  await fillPool(endpoint, 8)
  expect((await endpoint.invoke('{}')).metadata.attempts).toBe(2)
})

test.each(transports)('a connection is closed when it has been idle for the time that is set: %j', async (options) => {
  await using server = await startForgetfulServer(0)
  const endpoint = localEndpoint(server, 'it', { ...options, idleConnectionMs: 50 })
  await endpoint.invoke('{}')
  await once(server.sockets[0]!, 'close')
  await endpoint.invoke('{}')
  expect(server.sockets).toHaveLength(2)
})

test('a slow response is not cut off by the limit for idle connections', async () => {
  await using server = await startRawServer((socket) => {
    onRequests(socket, () => setTimeout(() => socket.write(good), 200))
  })
  const endpoint = localEndpoint(server, 'it', { idleConnectionMs: 20 })
  expect((await endpoint.invoke('{}')).metadata.attempts).toBe(1)
})

test('a request for a session is sent once: its response may be lost after the session was started', async () => {
  let count = 0
  await using server = await startRawServer((socket) => {
    onRequests(socket, () => {
      count++
      socket.resetAndDestroy()
    })
  })
  const endpoint = localEndpoint(server, 'it')
  expect(await failureOf(endpoint.startSession())).toMatchObject({ code: 'connection' })
  expect(count).toBe(1)
})
