import {
  containerError,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  disconnect,
  part,
  pause,
  scripted,
  serviceError,
  stream,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createGateway } from './gateway/create-gateway.ts'
import { data, says } from './test-support/agent-fixture.ts'
import { eventsIn, type GatewayFixture, startGateway } from './test-support/gateway-fixture.ts'

const down = scripted(() => containerError(500, 'out of memory'))
let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startGateway(
    {
      good: demoLanguageModel({ format: 'openai' }),
      down,
      busy: scripted(() => serviceError('ThrottlingException')),
      failsFirst: says('data: {"error":{"message":"out of memory","code":500}}\n\n'),
      failsLate: scripted(() =>
        stream([pause(150), part('data: {"error":{"message":"out of memory","code":500}}\n\n')]),
      ),
      breaks: scripted(() => stream([part(data({ content: 'Hel' })), disconnect()])),
      slow: demoLanguageModel({ format: 'openai', tokensPerSecond: 20 }),
      bge: demoEmbeddingModel({ dimensions: 8 }),
      downBge: down,
      reranker: demoRerankModel(),
      downReranker: down,
    },
    {
      good: { contentHandler: 'openai' },
      down: { contentHandler: 'openai', fallback: ['good'] },
      failsFirst: { fallback: ['busy', 'good'] },
      breaks: { fallback: ['good'] },
      slow: { fallback: ['good'] },
      bge: { kind: 'embedding' },
      downBge: { kind: 'embedding', fallback: ['bge'] },
      reranker: { kind: 'rerank' },
      downReranker: { kind: 'rerank', fallback: ['reranker'] },
    },
  )
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

const messages = [{ role: 'user', content: 'The sea' }]

test.each([
  ['/v1/chat/completions', { messages, max_tokens: 8 }],
  ['/v1/completions', { prompt: 'The sea', max_tokens: 8 }],
  ['/v1/responses', { input: 'The sea', max_output_tokens: 8 }],
  ['/v1/messages', { messages, max_tokens: 8 }],
])('%s asks the next model, whole and streamed, and keeps the name that was asked for', async (path, body) => {
  for (const streamed of [false, true]) {
    const response = await fixture.post(path, { model: 'down', stream: streamed, ...body })
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text).toContain('"model":"down"')
    expect(text).not.toContain('"good"')
    expect(response.headers.get('x-sagemaker-warnings')).toContain('good was asked: down failed with model-error')
    expect(fixture.records.at(-1)).toMatchObject({
      model: 'good',
      fallbacks: [{ model: 'down', errorCode: 'model-error' }],
      outcome: 'finished',
    })
  }
})

test('embeddings and rankings', async () => {
  const embedded = await fixture.post('/v1/embeddings', { model: 'downBge', input: 'The sea' })
  expect(await embedded.json()).toMatchObject({ model: 'downBge', data: [{ embedding: expect.any(Array) }] })
  const ranked = await fixture.post('/v1/rerank', { model: 'downReranker', query: 'a', documents: ['a', 'b'] })
  expect(await ranked.json()).toMatchObject({ model: 'downReranker', results: expect.any(Array) })
  expect(fixture.records.slice(-2)).toMatchObject([{ model: 'bge' }, { model: 'reranker' }])
})

test('one after the other, and a failure within the first value', async () => {
  const response = await fixture.post('/v1/chat/completions', { model: 'failsFirst', messages, stream: true })
  expect(await response.text()).toContain('[DONE]')
  const failed = fixture.records.at(-1)?.fallbacks
  expect(failed).toEqual([
    { model: 'failsFirst', errorCode: 'model-error' },
    { model: 'busy', errorCode: 'throttled' },
  ])
  expect(await (await fixture.post('/metrics')).text()).toContain(
    'sagemaker_gateway_fallbacks_total{model="failsFirst",code="model-error"} 1',
  )
})

test('also when the headers are sent already, but nothing of the answer', async () => {
  const late = scripted(() => stream([pause(150), part('data: {"error":{"message":"out of memory","code":500}}\n\n')]))
  const models = { late: { fallback: ['good'] } }
  const endpoints = { late, good: demoLanguageModel({ format: 'openai' }) }
  await using own = await startGateway(endpoints, models, { keepAlive: { firstMs: 20 } })
  const response = await own.post('/v1/chat/completions', { model: 'late', messages, stream: true })
  const events = eventsIn(await response.text())
  expect(events[0]).toBe(': ping')
  expect(events.at(-1)).toBe('data: [DONE]')
})

test('not after the answer has begun, and not for a request that is wrong', async () => {
  const broken = await fixture.post('/v1/chat/completions', { model: 'breaks', messages, stream: true })
  expect(eventsIn(await broken.text()).at(-1)).toMatchObject({ error: { code: 'model_error' } })
  expect(fixture.records.at(-1)).toMatchObject({ model: 'breaks', fallbacks: [] })
  const wrong = await fixture.post('/v1/chat/completions', { model: 'down', messages, temperature: -1 })
  expect(wrong.status).toBe(400)
  expect(fixture.records.at(-1)).toMatchObject({ model: 'down', fallbacks: [] })
})

test('not for a client that has left', async () => {
  const before = fixture.runtime.requests.length
  const controller = new AbortController()
  const { signal } = controller
  const response = await fixture.post('/v1/chat/completions', { model: 'slow', messages, stream: true }, { signal })
  await response.body?.getReader().read()
  controller.abort()
  await vi.waitFor(() => expect(fixture.runtime.requests.slice(before)).toMatchObject([{ outcome: 'aborted' }]))
  await vi.waitFor(() => expect(fixture.records.at(-1)).toMatchObject({ model: 'slow', outcome: 'aborted' }))
})

test.each([
  ['missing', 'there is no model missing'],
  ['a', 'a model is no fallback of itself'],
  ['vectors', 'vectors is of kind embedding, and a of kind language'],
])('a fallback to %s is a mistake in the configuration', (name, problem) => {
  const models = {
    a: { endpointName: 'a', fallback: [name] },
    vectors: { endpointName: 'v', kind: 'embedding' as const },
  }
  expect(() => createGateway({ models })).toThrow(`models.a.fallback: ${problem}`)
})
