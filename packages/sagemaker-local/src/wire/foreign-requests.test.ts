import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { describe, expect, test } from 'vitest'
import { scripted, startLocalRuntime, text, type LocalRuntime, type LocalRuntimeOptions } from '../index.ts'

const endpoints = { p: scripted(() => text('an answer that costs an API key')) }
const invocation = '/endpoints/p/invocations'

interface Sent {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends exactly these headers; `fetch` would not let a test choose `Host` or `Origin`. */
async function send(runtime: LocalRuntime, path: string, { method = 'POST', body, headers }: Sent = {}) {
  const outgoing = httpRequest({ host: '127.0.0.1', port: runtime.port, path, method, headers: { ...headers } })
  outgoing.end(body)
  const [response] = await once(outgoing, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode as number,
    error: response.headers['x-amzn-errortype'] as string | undefined,
    cors: response.headers['access-control-allow-origin'] as string | undefined,
    body: Buffer.concat(chunks).toString(),
  }
}

const start = (options: Partial<LocalRuntimeOptions> = {}): Promise<LocalRuntime> =>
  startLocalRuntime({ endpoints, ...options })

describe('a web page', () => {
  const paths = [
    ['POST', invocation],
    ['POST', '/endpoints/p/invocations-response-stream'],
    ['POST', '/endpoints/p/async-invocations'],
    ['POST', '/endpoints/p/openai/v1/chat/completions'],
    ['PUT', '/s3/bucket/key'],
    ['GET', '/s3/bucket/key'],
    ['OPTIONS', invocation],
  ] as const

  test.each(paths)('of another origin gets nothing from %s %s', async (method, path) => {
    await using runtime = await start()
    await runtime.objects.put('s3://bucket/key', new TextEncoder().encode('stored'))
    const headers = { 'content-type': 'text/plain', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const response = await send(runtime, path, { method, headers, body: method.startsWith('P') ? '{}' : '' })
    expect(response).toMatchObject({ status: 403, error: 'AccessDeniedException', cors: undefined })
    expect(response.body).not.toMatch(/answer|stored/)
    expect(runtime.requests).toEqual([])
    expect(new TextDecoder().decode(await runtime.objects.get('s3://bucket/key'))).toBe('stored')
  })

  test('of another server on loopback, and an image without an origin, get nothing', async () => {
    await using runtime = await start()
    expect(await send(runtime, invocation, { headers: { origin: 'http://localhost:3000' } })).toMatchObject({
      status: 403,
    })
    const image = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
    expect(await send(runtime, '/s3/bucket/key', { method: 'GET', headers: image })).toMatchObject({ status: 403 })
  })

  test('that points its own name at this machine gets nothing', async () => {
    await using runtime = await start()
    const own = { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }
    expect(await send(runtime, invocation, { headers: own })).toMatchObject({ status: 403 })
    expect(await send(runtime, '/', { method: 'GET', headers: { host: 'evil.example:8080' } })).toMatchObject({
      status: 403,
    })
  })

  test('may link to the status page, which may call the runtime', async () => {
    await using runtime = await start()
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect(await send(runtime, '/', { method: 'GET', headers: link })).toMatchObject({ status: 200 })
    const own = { origin: runtime.url, 'sec-fetch-site': 'same-origin' }
    expect(await send(runtime, invocation, { headers: own, body: '{}' })).toMatchObject({ status: 200 })
  })

  test('is refused before its body is read', async () => {
    await using runtime = await start({ limits: { maxBodyBytes: 10 } })
    const headers = { origin: 'https://evil.example' }
    expect(await send(runtime, invocation, { headers, body: 'x'.repeat(1e6) })).toMatchObject({ status: 403 })
    expect(await send(runtime, invocation, { body: 'x'.repeat(11) })).toMatchObject({ status: 413 })
  })
})

describe('Host', () => {
  test('may be a name that is allowed', async () => {
    await using runtime = await start({ allowedHosts: ['Host.docker.internal'] })
    const headers = { host: `host.docker.internal:${runtime.port}` }
    expect(await send(runtime, invocation, { headers, body: '{}' })).toMatchObject({ status: 200 })
    expect(await send(runtime, invocation, { headers: { host: 'other' } })).toMatchObject({ status: 403 })
  })

  test('may be anything where other machines can connect, Origin may not', async () => {
    await using runtime = await start({ host: '0.0.0.0' })
    expect(await send(runtime, invocation, { headers: { host: 'models' }, body: '{}' })).toMatchObject({ status: 200 })
    const headers = { host: 'models', origin: 'https://evil.example' }
    expect(await send(runtime, invocation, { headers, body: '{}' })).toMatchObject({ status: 403 })
  })
})

test.each([
  ['GET', '/s3/b/%E0%A4%A'],
  ['PUT', '/s3/b/%'],
  ['POST', '/endpoints/%E0%A4/invocations'],
  ['GET', '/%ff'],
])('%s %s is 400', async (method, path) => {
  await using runtime = await start()
  const response = await send(runtime, path, { method })
  expect(response).toMatchObject({ status: 400, error: 'ValidationError' })
  expect(response.body).toBe('{"Message":"The path is not UTF-8 in percent-encoding."}')
})
