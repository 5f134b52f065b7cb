import { getRequestListener } from '@hono/node-server'
import { part, scripted, stall, startLocalRuntime, stream, type LocalRuntime } from '@x/sagemaker-local'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chunk, events, role } from './__fixtures__/wire.ts'

type Handler = (request: Request) => Response | Promise<Response>

const folder = path.join(import.meta.dirname, '../.specification-snippets', `recipes-${process.pid}`)
let runtime: LocalRuntime
beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const answer = () => stream([part(events(role, chunk({ content: 'Hi' }))), stall()])
  runtime = await startLocalRuntime({ endpoints: { 'my-openai': scripted(answer) } })
})
afterAll(async () => {
  await runtime.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A block of code of the documentation as a module, with this runtime and this source. */
async function recipe(marker: string): Promise<Record<string, unknown>> {
  const specification = readFileSync(
    path.join(import.meta.dirname, '../../../docs/packages/sagemaker-ai-sdk.md'),
    'utf8',
  )
  const code = [...specification.matchAll(/^```ts\n(.*?)^```$/gms)]
    .flatMap(([, block = '']) => block)
    .find((block) => block.includes(marker))
  const file = path.join(folder, `${marker.replaceAll(/\W/g, '')}.ts`)
  const source = path.join(import.meta.dirname, 'index.ts')
  writeFileSync(file, code!.replace('@x/sagemaker-ai-sdk', source).replace('http://127.0.0.1:8080', runtime.url))
  return (await import(file)) as Record<string, unknown>
}

const handlers: readonly (readonly [name: string, load: () => Promise<Handler>])[] = [
  [
    'Hono',
    async () => {
      const { app } = await recipe('new Hono()')
      return (request) => (app as { fetch: Handler }).fetch(request)
    },
  ],
  ['a route handler of Next.js', async () => (await recipe('function POST'))['POST'] as Handler],
]

test.each(handlers)('the recipe for %s streams, and stops the model when the browser leaves', async (_, load) => {
  const handler = await load()
  const listener = getRequestListener(handler)
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const browser = new AbortController()
    const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'Hello' }] }]
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages }),
      signal: browser.signal,
    })
    let seen = ''
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      seen += bytes
      if (seen.includes('"delta":"Hi"')) break
    }
    expect(response.status).toBe(200)
    expect(runtime.activeRequests).toBe(1)
    browser.abort()
    await runtime.idle()
    expect(runtime.requests.at(-1)?.outcome).toBe('aborted')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
