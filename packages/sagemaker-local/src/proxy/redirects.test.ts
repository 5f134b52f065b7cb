import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { containerProxy, openaiProxy, startLocalRuntime } from '../index.ts'
import { callRefused } from '../test-support/call-endpoint.ts'

/** A server that redirects every request to another one, which counts what it gets. */
async function startRedirection(status: number) {
  const received: string[] = []
  const other = createServer((request, response) => {
    received.push(String(request.url))
    response.end('{"data":[{"id":"stolen"}]}')
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const target = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  const server = createServer((request, response) => {
    response.writeHead(status, { location: `${target}${request.url}` }).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    [Symbol.dispose]() {
      for (const each of [server, other]) {
        each.close()
        each.closeAllConnections()
      }
    },
  }
}

test.each([301, 302, 307, 308])('no proxy follows a %i', async (status) => {
  using redirection = await startRedirection(status)
  await using runtime = await startLocalRuntime({
    endpoints: {
      container: containerProxy(redirection.url),
      openai: openaiProxy({ url: `${redirection.url}/v1`, apiKey: 'secret' }),
    },
  })
  for (const [name, body] of [
    ['container', { inputs: 'a secret prompt' }],
    ['openai', { messages: [{ role: 'user', content: 'a secret prompt' }] }],
  ] as const) {
    const [code, message] = await callRefused(runtime, name, body)
    expect(code).toBe(502)
    expect(message).toContain(`answers with a redirect (${status}). Redirects are not followed`)
  }
  expect(redirection.received).toEqual([])
})
