import { demoLanguageModel, part, pause, scripted, stream, type StepLike } from '@x/sagemaker-local'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { createGateway } from './gateway/create-gateway.ts'
import { eventsIn, modelsOf, startGateway } from './test-support/gateway-fixture.ts'

const data = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`
const slowly = (...steps: readonly (StepLike | readonly StepLike[])[]): ReturnType<typeof scripted> =>
  scripted(() => stream(steps.flat<typeof steps>()))
const chat = { model: 'slow', messages: [{ role: 'user', content: 'The sea' }], stream: true }

describe('keep-alive', () => {
  test('the headers are sent when the answer does not begin, and comments while nothing arrives', async () => {
    const slow = slowly(pause(350), part(data('Hel')), pause(350), part(data('lo', 'stop')), part('data: [DONE]\n\n'))
    await using fixture = await startGateway({ slow }, {}, { keepAlive: { firstMs: 50, intervalMs: 100 } })
    const since = performance.now()
    const response = await fixture.post('/v1/chat/completions', chat)
    expect(performance.now() - since).toBeLessThan(300)
    expect(response.status).toBe(200)
    const text = await response.text()
    const events = eventsIn(text)
    expect(events[0]).toBe(': ping')
    const begin = text.indexOf('Hel')
    expect(text.slice(0, begin).split(': ping').length).toBeGreaterThanOrEqual(3)
    expect(text.slice(begin).split(': ping').length).toBeGreaterThanOrEqual(3)
    expect(text).toMatch(/data: \[DONE\]\n\n$/)
  })

  test('no comment while events arrive', async () => {
    const steps = Array.from({ length: 10 }, () => [part(data('a')), pause(30)]).flat()
    const slow = slowly(steps, part(data('b', 'stop')), part('data: [DONE]\n\n'))
    await using fixture = await startGateway({ slow }, {}, { keepAlive: { firstMs: 5000, intervalMs: 250 } })
    expect(await (await fixture.post('/v1/chat/completions', chat)).text()).not.toContain('ping')
  })

  test('a failure after the headers is an event', async () => {
    const slow = slowly(pause(150), part('data: {"error":{"message":"out of memory","code":500}}\n\n'))
    await using fixture = await startGateway({ slow }, {}, { keepAlive: { firstMs: 20, intervalMs: 1000 } })
    const response = await fixture.post('/v1/chat/completions', chat)
    expect(response.status).toBe(200)
    expect(eventsIn(await response.text())).toEqual([
      ': ping',
      { error: expect.objectContaining({ code: 'model_error' }) },
    ])
  })

  test('a failure in the first value has a status', async () => {
    const slow = slowly(part('data: {"error":{"message":"out of memory","code":500}}\n\n'))
    await using fixture = await startGateway({ slow })
    expect((await fixture.post('/v1/chat/completions', chat)).status).toBe(502)
  })
})

describe('in any host', () => {
  test('the body of a response is an event stream that is written as it is read', async () => {
    await using fixture = await startGateway({ slow: demoLanguageModel({ format: 'openai' }) })
    const request = new Request('http://gateway/v1/chat/completions', { method: 'POST', body: JSON.stringify(chat) })
    const events = eventsIn(await (await fixture.gateway.fetch(request)).text())
    expect(events.at(-1)).toBe('data: [DONE]')
    expect(events.length).toBeGreaterThan(5)
    expect(fixture.gateway.activeRequests).toBe(0)
  })

  test.each(['at once', 'after an event'])('cancelling the body stops the model, %s', async (when) => {
    await using fixture = await startGateway({ slow: demoLanguageModel({ format: 'openai', tokensPerSecond: 50 }) })
    const request = new Request('http://gateway/v1/chat/completions', { method: 'POST', body: JSON.stringify(chat) })
    const { body } = await fixture.gateway.fetch(request)
    const reader = body!.getReader()
    if (when === 'after an event') await reader.read()
    await reader.cancel()
    await vi.waitFor(() => expect(fixture.runtime.requests).toMatchObject([{ outcome: 'aborted' }]))
    expect(fixture.records).toMatchObject([{ outcome: 'aborted' }])
    expect(fixture.gateway.activeRequests).toBe(0)
  })

  test('a reader that is slow holds the model back', async () => {
    const steps = Array.from({ length: 2000 }, () => part(data('x'.repeat(10_000))))
    await using fixture = await startGateway({ slow: slowly(steps, part(data('', 'stop')), part('data: [DONE]\n\n')) })
    const response = await fixture.post('/v1/chat/completions', chat)
    await sleep(300)
    const [request] = fixture.runtime.requests
    expect(request?.parts).toBeLessThan(2000)
    expect((await response.text()).split('xxx').length).toBeGreaterThan(2000)
  })
})

describe('closing', () => {
  const slow = demoLanguageModel({ format: 'openai', tokensPerSecond: 30 })

  test('refuses new requests, and lets streams finish', async () => {
    await using fixture = await startGateway({ slow })
    const response = await fixture.post('/v1/chat/completions', { ...chat, max_tokens: 10 })
    const closed = fixture.gateway.close({ drainMs: 10_000 })
    const [refused, ready, alive] = await Promise.all([
      fixture.post('/v1/chat/completions', chat),
      fixture.post('/readyz'),
      fixture.post('/healthz'),
    ])
    expect([refused.status, ready.status, alive.status]).toEqual([503, 503, 200])
    expect(await refused.json()).toMatchObject({ error: { code: 'shutting_down' } })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await response.text()).toContain('[DONE]')
    await closed
  })

  test('ends streams that take longer with an error event', async () => {
    await using fixture = await startGateway({ slow })
    const response = await fixture.post('/v1/chat/completions', { ...chat, max_tokens: 1000 })
    await fixture.server.close({ drainMs: 50 })
    expect(eventsIn(await response.text()).at(-1)).toMatchObject({ error: { code: 'shutting_down' } })
    await vi.waitFor(() => expect(fixture.runtime.requests).toMatchObject([{ outcome: 'aborted' }]))
    expect(fixture.server.openSockets).toBe(0)
  })
})

test('configure() replaces models and keys, and lets requests finish with the old ones', async () => {
  const slow = demoLanguageModel({ format: 'openai', tokensPerSecond: 50 })
  await using fixture = await startGateway({ slow, other: demoLanguageModel() })
  const response = await fixture.post('/v1/chat/completions', { ...chat, max_tokens: 10 })
  const models = modelsOf(fixture.runtime, ['other'])
  expect(() => fixture.gateway.configure({ models, maxRequestBytes: -1 })).toThrow('maxRequestBytes')
  fixture.gateway.configure({ models, apiKeys: ['secret'] })
  expect((await fixture.post('/v1/models')).status).toBe(401)
  const listed = await fixture.post('/v1/models', undefined, { headers: { authorization: 'Bearer secret' } })
  expect(await listed.json()).toMatchObject({ data: [{ id: 'other' }] })
  expect(await response.text()).toContain('[DONE]')
})

test('an alias leads to the model, and the answer has the name that was asked for', async () => {
  await using fixture = await startGateway({ tgi: demoLanguageModel() }, { tgi: { aliases: ['gpt-4o'] } })
  const response = await fixture.post('/v1/chat/completions', { ...chat, model: 'gpt-4o', stream: false })
  expect(await response.json()).toMatchObject({ model: 'gpt-4o' })
  expect(fixture.records).toMatchObject([{ model: 'tgi' }])
})

test('options that throw where they are called harm no request', async () => {
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
  await using gateway = createGateway({
    models: {},
    onRequest: () => {
      throw new Error('full disk')
    },
  })
  expect((await gateway.fetch(new Request('http://gateway/v1/models'))).status).toBe(200)
  expect((await warned).message).toContain('full disk')
})
