import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { heldBytes } from './test-support/heap.ts'
import { startHttpProcess } from './test-support/http-server.ts'
import { localEndpoint } from './test-support/local-endpoint.ts'

const frame = (payloadBytes: number): string => `
  const { crc32 } = require('node:zlib')
  const header = (name, value) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7, 0, value.length]), Buffer.from(value)])
  const headers = Buffer.concat([header(':event-type', 'PayloadPart'), header(':message-type', 'event')])
  const frame = Buffer.alloc(16 + headers.length + ${payloadBytes})
  frame.writeUInt32BE(frame.length, 0)
  frame.writeUInt32BE(headers.length, 4)
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8)
  headers.copy(frame, 12)
  frame.writeUInt32BE(crc32(frame.subarray(0, frame.length - 4)), frame.length - 4)`

/** Sends frames while the client reads, and says in a trailer how many. */
const endless = `${frame(1000)}
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
  const send = () => { while (response.write(frame)); response.once('drain', send) }
  send()`

test('a slow consumer holds a bounded part of an endless answer', { timeout: 40_000 }, async () => {
  await using server = await startHttpProcess(endless)
  const endpoint = localEndpoint(server, 'it')
  const before = await heldBytes()
  let received = 0
  let most = 0
  for await (const bytes of endpoint.invokeStream('{}')) {
    received += bytes.length
    if (received % 1_000_000 === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      most = Math.max(most, (await heldBytes()) - before)
    }
    if (received >= 10_000_000) break
  }
  expect(received).toBe(10_000_000)
  expect(most).toBeLessThan(4 * 2 ** 20)
})

test('a fast consumer of 100 MB holds no more', { timeout: 40_000 }, async () => {
  await using server = await startHttpProcess(endless)
  const before = await heldBytes()
  let received = 0
  for await (const bytes of localEndpoint(server, 'it').invokeStream('{}')) {
    received += bytes.length
    if (received >= 100_000_000) break
  }
  expect((await heldBytes()) - before).toBeLessThan(4 * 2 ** 20)
})

test('1000 calls hold nothing', { timeout: 40_000 }, async () => {
  await using runtime = await startLocalRuntime({
    maxRecordedRequests: 1,
    endpoints: { it: scripted(() => json({})) },
  })
  const endpoint = localEndpoint(runtime, 'it')
  const call = async (times: number): Promise<number> => {
    for (let count = 0; count < times; count++) await endpoint.invoke('{}')
    return heldBytes()
  }
  const before = await call(200)
  expect((await call(1000)) - before).toBeLessThan(2 * 2 ** 20)
})

test('an endpoint keeps nothing of a request that was answered', { timeout: 40_000 }, async () => {
  await using server = await startHttpProcess(
    "response.writeHead(200, { 'content-type': 'application/json' }).end('{}')",
  )
  await localEndpoint(server, 'it').invoke('{}')
  const before = await heldBytes()
  const endpoint = localEndpoint(server, 'it')
  // The first call, in which the SDK creates what it keeps for later ones. In a separate function, which holds nothing.
  const invoke = () => endpoint.invoke(new Uint8Array(5_000_000).fill(0x20))
  await invoke()
  // Not at once: the answer may be there before the last of the request is written.
  await expect.poll(async () => (await heldBytes()) - before, { timeout: 10_000 }).toBeLessThan(2_000_000)
  await endpoint.invoke('{}')
})
