import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunEvent } from '../protocol/run-event.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import { rawRequest } from '../test-support/raw-request.ts'
import { CaptureHub } from './captures/capture-hub.ts'
import { connectServices } from './connect/connect-services.ts'
import { createApp } from './create-app.ts'
import { embeddingServices } from './embeddings/embedding-routes.ts'
import { EndpointPool } from './endpoint-pool.ts'
import { EventChannel } from './event-channel.ts'
import { listenOnLoopback } from './listen.ts'
import { loadPageAssets } from './page-assets.ts'

const request: RunRequest = {
  mode: 'complete',
  prompt: 'Once',
  endpoint: { source: 'local', name: 'demo-llm' },
  parameters: {},
  stream: true,
}

let folder: string
let server: Server
let port: number
let own: Record<string, string>
const runs: { request: RunRequest; signal: AbortSignal; channel: EventChannel<RunEvent> }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'page', 'assets', 'main-1234.js'), 'console.log(1)')
  await writeFile(join(folder, 'secret.html'), 'secret')
  const app = createApp({
    assets: await loadPageAssets(join(folder, 'page')),
    setup: () => ({ runtimeUrl: undefined, region: undefined, profile: undefined, endpoints: [], faults: [] }),
    run: (request, signal) => {
      const channel = new EventChannel<RunEvent>()
      runs.push({ request, signal, channel })
      return channel
    },
    score: () => new EventChannel<RunEvent>(),
    embeddings: embeddingServices(new EndpointPool({ runtimeUrl: undefined, region: undefined, profile: undefined })),
    captures: new CaptureHub(),
    connect: connectServices(new EndpointPool({ runtimeUrl: undefined, region: undefined, profile: undefined }), {
      region: undefined,
      profile: undefined,
    }),
  })
  server = createAdaptorServer({ fetch: app.fetch }) as Server
  port = await listenOnLoopback(server, { port: 0 })
  own = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' }
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the page', () => {
  it('is served at the root, under a policy that lets nothing else in', async () => {
    const { status, headers, body } = await rawRequest(port, '/')
    expect(status).toBe(200)
    expect(body).toContain('<title>page</title>')
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('is not sent twice to a browser that has it', async () => {
    const first = await rawRequest(port, '/assets/main-1234.js')
    expect(first.headers['cache-control']).toContain('immutable')
    const second = await rawRequest(port, '/assets/main-1234.js', {
      headers: { 'if-none-match': String(first.headers['etag']) },
    })
    expect(second).toMatchObject({ status: 304, body: '' })
  })

  it.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/assets/..%5c..%5csecret.html',
    '/assets/%00',
    '//etc/passwd',
    '/etc/passwd',
    '/index.html/../../secret.html',
    '/api/unknown',
  ])('has nothing at %s', async (path) => {
    expect(await rawRequest(port, path)).toMatchObject({ status: 404, body: '' })
  })
})

describe('requests that this page did not make', () => {
  it.each(['evil.example', '127.0.0.1.evil.example', 'evil.example:4173', '169.254.169.254', '[::2]:4173'])(
    'are refused for Host %j',
    async (host) => {
      for (const path of ['/', '/assets/main-1234.js', '/api/setup'])
        expect(await rawRequest(port, path, { headers: { host } })).toMatchObject({ status: 403, body: '' })
    },
  )

  it('are served under every name of loopback, also through a forwarded port', async () => {
    for (const host of [`localhost:${port}`, '127.0.0.1:8000', `[::1]:${port}`, 'LOCALHOST'])
      expect((await rawRequest(port, '/api/setup', { headers: { host } })).status).toBe(200)
  })

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://localhost', ''])(
    'are refused for Origin %j, and start nothing',
    async (origin) => {
      const before = runs.length
      const headers = { ...own, origin }
      expect(await rawRequest(port, '/api/setup', { headers })).toMatchObject({ status: 403, body: '' })
      const posted = await rawRequest(port, '/api/runs', { method: 'POST', headers, body: JSON.stringify(request) })
      expect(posted).toMatchObject({ status: 403, body: '' })
      const preflight = await rawRequest(port, '/api/runs', { method: 'OPTIONS', headers })
      expect(preflight).toMatchObject({ status: 403, body: '' })
      expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
      expect(runs).toHaveLength(before)
    },
  )

  it('are refused when they change something and name no origin', async () => {
    const posted = await rawRequest(port, '/api/runs', { method: 'POST', body: JSON.stringify(request) })
    expect(posted).toMatchObject({ status: 403, body: '' })
  })

  it('are refused when another site embeds them, while a link to the page works', async () => {
    const site = { 'sec-fetch-site': 'cross-site' }
    const link = { ...site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const frame = { ...site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }
    expect((await rawRequest(port, '/', { headers: link })).status).toBe(200)
    expect((await rawRequest(port, '/', { headers: frame })).status).toBe(403)
    expect((await rawRequest(port, '/api/setup', { headers: link })).status).toBe(403)
    expect((await rawRequest(port, '/assets/main-1234.js', { headers: site })).status).toBe(403)
  })
})

describe('a run', () => {
  it('is refused with a reason when the request is not understood', async () => {
    const bad = { ...request, parameters: { temperature: 7 } }
    const answer = await rawRequest(port, '/api/runs', { method: 'POST', headers: own, body: JSON.stringify(bad) })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toEqual({ message: 'Temperature must be between 0 and 2.' })
    expect((await rawRequest(port, '/api/runs', { method: 'POST', headers: own, body: '{' })).status).toBe(400)
  })

  it('reports each event on a line of its own, as soon as it happens', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/runs`, {
      method: 'POST',
      headers: own,
      body: JSON.stringify(request),
    })
    const run = runs.at(-1)!
    expect(run.request).toEqual(request)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    run.channel.write({ type: 'delta', at: 1, channel: 'text', text: 'one\n' })
    expect((await reader.read()).value).toBe('{"type":"delta","at":1,"channel":"text","text":"one\\n"}\n')
    run.channel.write({ type: 'end', at: 2 })
    run.channel.close()
    expect((await reader.read()).value).toBe('{"type":"end","at":2}\n')
    expect((await reader.read()).done).toBe(true)
    expect(run.signal.aborted).toBe(false)
  })

  it('is ended when the page goes away', async () => {
    const leaving = new AbortController()
    await fetch(`http://127.0.0.1:${port}/api/runs`, {
      method: 'POST',
      headers: own,
      body: JSON.stringify(request),
      signal: leaving.signal,
    })
    const { signal, channel } = runs.at(-1)!
    const ended = new Promise((resolve) => signal.addEventListener('abort', resolve))
    leaving.abort()
    await ended
    channel.write({ type: 'end', at: 1 })
    expect(await channel.take(), 'what is written now is dropped').toBeUndefined()
  })

  it('is held back while the page does not read', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/runs`, {
      method: 'POST',
      headers: own,
      body: JSON.stringify(request),
    })
    const { channel, signal } = runs.at(-1)!
    const text = 'x'.repeat(100_000)
    let written = 0
    const writing = (async () => {
      while (!signal.aborted && written < 10_000) {
        channel.write({ type: 'delta', at: written, channel: 'text', text })
        written++
        await channel.drained()
      }
    })()
    // Wait until a whole second passes in which nothing more could be written: 1 GB would be through by then.
    for (let before = -1; before < written; await new Promise((resolve) => setTimeout(resolve, 1000))) before = written
    expect(written).toBeLessThan(1_000)
    await response.body!.cancel()
    await writing
  })
})

describe('a body that is larger than SageMaker takes', () => {
  it.each(['/api/runs', '/api/embeddings'])('is refused with 413 at %s, with and without a length', async (path) => {
    const body = ' '.repeat(26_000_001)
    expect(await rawRequest(port, path, { method: 'POST', headers: own, body })).toMatchObject({ status: 413 })
    const chunked = { ...own, 'transfer-encoding': 'chunked' }
    expect(await rawRequest(port, path, { method: 'POST', headers: chunked, body })).toMatchObject({ status: 413 })
  })
})
