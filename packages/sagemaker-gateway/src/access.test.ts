import { demoLanguageModel, json, scripted, serviceError, silence } from '@x/sagemaker-local'
import { request as httpRequest } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { createGateway } from './gateway/create-gateway.ts'
import { serve } from './node/serve.ts'
import { startGateway } from './test-support/gateway-fixture.ts'

const endpoints = { tgi: demoLanguageModel() }
const chat = { model: 'tgi', messages: [{ role: 'user', content: 'The sea' }], max_tokens: 1 }
const apiKeys = ['first-secret', { name: 'alice', key: 'second-secret' }]

describe('keys', () => {
  test.each([
    ['authorization', 'Bearer first-secret', 'key-1'],
    ['authorization', 'bearer  second-secret', 'alice'],
    ['x-api-key', 'second-secret', 'alice'],
  ])('%s: %s is known as %s', async (header, value, keyName) => {
    await using fixture = await startGateway(endpoints, {}, { apiKeys })
    expect((await fixture.post('/v1/chat/completions', chat, { headers: { [header]: value } })).status).toBe(200)
    expect(fixture.records).toMatchObject([{ keyName, model: 'tgi' }])
    expect(JSON.stringify(fixture.records)).not.toContain('secret')
  })

  test.each([
    undefined,
    'Bearer ',
    'Bearer first-secre',
    'Bearer first-secret2',
    'Bearer FIRST-SECRET',
    'Basic first-secret',
    'first-secret',
  ])('authorization: %s is refused', async (authorization) => {
    await using fixture = await startGateway(endpoints, {}, { apiKeys })
    const headers = authorization === undefined ? {} : { authorization }
    for (const path of ['/v1/models', '/v1/chat/completions', '/nowhere', '/metrics']) {
      const response = await fixture.post(path, path.includes('chat') ? chat : undefined, { headers })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key', type: 'invalid_request_error' } })
    }
    expect(fixture.runtime.requests).toEqual([])
    expect((await fixture.post('/healthz')).status).toBe(200)
  })
})

describe('web pages', () => {
  const page = { origin: 'https://chat.example.com' }

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    '%j may not call a gateway without keys',
    async (headers) => {
      await using fixture = await startGateway(endpoints, {}, { cors: { origins: ['https://chat.example.com'] } })
      const response = await fixture.post('/v1/chat/completions', chat, { headers })
      expect(response.status).toBe(403)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      expect(fixture.runtime.requests).toEqual([])
    },
  )

  test('one that is allowed can ask, call and read, also what failed', async () => {
    await using fixture = await startGateway(endpoints, {}, { cors: { origins: ['https://chat.example.com/'] } })
    const preflight = await fixture.post('/v1/chat/completions', undefined, {
      method: 'OPTIONS',
      headers: { ...page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    })
    expect([preflight.status, Object.fromEntries(preflight.headers)]).toMatchObject([
      204,
      {
        'access-control-allow-origin': 'https://chat.example.com',
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization',
        vary: 'Origin',
      },
    ])
    for (const body of [chat, { ...chat, model: 'no' }, { ...chat, stream: true }]) {
      const response = await fixture.post('/v1/chat/completions', body, { headers: page })
      expect(response.headers.get('access-control-allow-origin')).toBe('https://chat.example.com')
      await response.text()
    }
  })

  test('one that is not allowed gets no permission from a preflight', async () => {
    await using fixture = await startGateway(endpoints, {}, { apiKeys, cors: { origins: ['https://a.example'] } })
    const headers = { ...page, 'access-control-request-method': 'POST' }
    const response = await fixture.post('/v1/models', undefined, { method: 'OPTIONS', headers })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('one that points its own name at this machine gets nothing', async () => {
    await using fixture = await startGateway(endpoints, {}, { apiKeys })
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example', authorization: 'Bearer first-secret' }
      httpRequest(`${fixture.server.url}/v1/models`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })
})

test('an address that other machines can reach needs keys, or insecure', async () => {
  const models = { a: { endpointName: 'a', endpoint: 'http://127.0.0.1:1' } }
  await using open = createGateway({ models })
  await expect(serve(open, { port: 0, host: '0.0.0.0' })).rejects.toMatchObject({
    code: 'invalid-configuration',
    path: 'host',
  })
  await using insecure = await serve(open, { port: 0, host: '0.0.0.0', insecure: true })
  await using keyed = await serve(createGateway({ models, apiKeys }), { port: 0, host: '0.0.0.0' })
  expect([insecure.port, keyed.port]).toEqual([expect.any(Number), expect.any(Number)])
})

describe('limits', () => {
  test.each(['with a length', 'without a length'])('a body that is too large is refused, %s', async (how) => {
    await using fixture = await startGateway(endpoints, {}, { maxRequestBytes: 1000 })
    const text = JSON.stringify({ ...chat, user: 'x'.repeat(100_000) })
    const body = how === 'with a length' ? text : new Blob([text]).stream()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const response = await fixture.post('/v1/chat/completions', undefined, init)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: { code: 'request_too_large', type: 'invalid_request_error' } })
  })

  test('too many requests at a time, and too many streams of a key', async () => {
    await using fixture = await startGateway(
      { silent: scripted(() => silence()) },
      {},
      { apiKeys, maxConcurrency: 2, maxStreamsPerKey: 1 },
    )
    const send = (key: string, signal?: AbortSignal): Promise<Response> =>
      fixture.post(
        '/v1/chat/completions',
        { ...chat, model: 'silent', stream: true },
        {
          headers: { authorization: `Bearer ${key}` },
          ...(signal && { signal }),
        },
      )
    const left = new AbortController()
    const first = send('first-secret', left.signal)
    await vi.waitFor(() => expect(fixture.runtime.activeRequests).toBe(1))
    const sameKey = await send('first-secret')
    expect([sameKey.status, sameKey.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await sameKey.text()).toContain('This key has 1 streams open')
    const second = send('second-secret', left.signal)
    await vi.waitFor(() => expect(fixture.runtime.activeRequests).toBe(2))
    expect(await (await send('second-secret')).text()).toContain('2 requests are in flight')
    left.abort()
    await expect(first).rejects.toThrow('aborted')
    await expect(second).rejects.toThrow('aborted')
    await vi.waitFor(() => expect(fixture.gateway.activeRequests).toBe(0))
  })
})

describe('what AWS says', () => {
  const message =
    'User: arn:aws:sts::123456789012:assumed-role/Admin is not authorized to perform: sagemaker:InvokeEndpoint'
  const denied = (): ReturnType<typeof scripted> => scripted(() => serviceError('AccessDeniedException', { message }))

  test('about permissions is not for clients', async () => {
    await using fixture = await startGateway({ tgi: denied() })
    const response = await fixture.post('/v1/chat/completions', chat)
    expect(response.status).toBe(403)
    const body = await response.text()
    expect(body).toContain('access_denied')
    expect(body).not.toMatch(/123456789012|Admin/)
    expect(response.headers.get('x-should-retry')).toBe('false')
  })

  test('is passed on with exposeErrors', async () => {
    await using fixture = await startGateway({ tgi: denied() }, {}, { exposeErrors: true })
    expect(await (await fixture.post('/v1/chat/completions', chat)).text()).toContain('InvokeEndpoint')
  })

  test('and what containers say has no ids of accounts', async () => {
    const text = 'no such object s3 of arn:aws:s3:::bucket in account 123456789012'
    await using fixture = await startGateway({ tgi: scripted(() => json({ error: text }, { status: 400 })) })
    const body = await (await fixture.post('/v1/chat/completions', chat)).text()
    expect(body).toContain('an AWS resource in account an AWS account')
  })
})

test.each([
  [{ models: {}, maxRequestBytes: 0 }, 'maxRequestBytes'],
  [{ models: {}, maxConcurrency: Number.NaN }, 'maxConcurrency'],
  [{ models: {}, keepAlive: { firstMs: -1 } }, 'keepAlive.firstMs'],
  [{ models: {}, apiKeys: ['a', ''] }, 'apiKeys[1]'],
  [{ models: { a: { endpointName: 'a' }, b: { endpointName: 'b', aliases: ['a'] } } }, 'models.b.aliases'],
])('%j is refused', (options, path) => {
  expect(() => createGateway(options)).toThrow(expect.objectContaining({ code: 'invalid-configuration', path }))
})
