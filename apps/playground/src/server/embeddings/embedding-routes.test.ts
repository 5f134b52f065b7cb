import { demoEmbeddingModel, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EmbeddingEvent, QueryEvent } from '../../protocol/embedding-event.ts'
import { decodeVector, type SparseVector } from '../../protocol/shown-vector.ts'
import { EndpointPool } from '../endpoint-pool.ts'
import { embeddingRoutes, embeddingServices } from './embedding-routes.ts'

const endpoint = { source: 'local', name: 'demo' }
const run = { id: '8b5a1c9e-3f0d-4c8e-9d36-5d0f4a1f3c11', endpoint, texts: ['a'], batchSize: 2, concurrency: 1 }

let runtime: LocalRuntime
let pool: EndpointPool
let app: Hono

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      demo: demoEmbeddingModel({ dimensions: 8, maxTokens: 20 }),
      small: demoEmbeddingModel({ format: 'cohere', dimensions: 64 }),
      sparse: demoEmbeddingModel({ format: 'tei-sparse', maxTokens: 20 }),
    },
  })
  pool = new EndpointPool({ runtimeUrl: runtime.url, region: undefined, profile: undefined })
  app = embeddingRoutes(embeddingServices(pool))
})
afterAll(async () => {
  pool.close()
  await runtime.close()
})

const post = (path: string, body: unknown) =>
  app.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const linesOf = async (response: Response) =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as EmbeddingEvent)

describe('embedding routes', () => {
  it.each([
    [{ batchSize: 0 }, 'Batch size must be between 1 and 512.'],
    [{ concurrency: 1.5 }, 'Concurrency must be a whole number.'],
    [{ texts: [] }, 'There is no text to embed.'],
  ])('refuse %j with a reason', async (change, message) => {
    const response = await post('/', { ...run, ...change })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ message })
  })

  it('give every text its vector or its refusal, in order', async () => {
    const events = await linesOf(await post('/', { ...run, texts: ['one', 'word '.repeat(50), 'three'] }))
    expect(events.map((event) => [event.type, 'index' in event ? event.index : undefined])).toEqual([
      ['vector', 0],
      ['refused', 1],
      ['vector', 2],
      ['end', undefined],
    ])
    const [first] = events
    expect(decodeVector(first?.type === 'vector' ? first.vector : '', 'float32')).toHaveLength(8)
  })

  it.each([
    ['int8', 64],
    ['uint8', 64],
    ['binary', 8],
    ['ubinary', 8],
  ] as const)('send vectors as %s', async (form, length) => {
    const small = { source: 'local', name: 'small', handler: 'cohere' }
    const [first] = await linesOf(await post('/', { ...run, endpoint: small, form }))
    expect(decodeVector(first?.type === 'vector' ? first.vector : '', form)).toHaveLength(length)
    const query = (await (await post('/query', { endpoint: small, query: 'a', form })).json()) as QueryEvent
    expect(decodeVector(query.type === 'vector' ? query.vector : '', form)).toHaveLength(length)
  })

  it('send sparse vectors, with a refusal for a text that has none', async () => {
    const sparse = { source: 'local', name: 'sparse', handler: 'tei' }
    const texts = ['the tide', 'word '.repeat(50), 'a late train', 'bread']
    const events = await linesOf(await post('/', { ...run, endpoint: sparse, form: 'sparse', texts }))
    expect(events.map((event) => [event.type, 'index' in event ? event.index : undefined])).toEqual([
      ['vector', 0],
      ['refused', 1],
      ['vector', 2],
      ['vector', 3],
      ['end', undefined],
    ])
    const [first] = events
    const vector = decodeVector(first?.type === 'vector' ? first.vector : '', 'sparse') as SparseVector
    expect(vector.indices.length).toBeGreaterThan(1)
    expect(vector.values).toHaveLength(vector.indices.length)
    const query = (await (
      await post('/query', { endpoint: sparse, query: 'the', form: 'sparse' })
    ).json()) as QueryEvent
    expect(query.type).toBe('vector')
  })

  it('tell of the failure of a whole run, and of a query', async () => {
    const missing = { source: 'local', name: 'missing' }
    const failure = { type: 'error', code: 'endpoint-not-found', advice: expect.any(String) as string }
    expect(await linesOf(await post('/', { ...run, endpoint: missing }))).toMatchObject([failure])
    expect(await (await post('/query', { endpoint: missing, query: 'a' })).json()).toMatchObject(failure)
  })

  it('say whether there is a run to pause', async () => {
    expect(await (await post('/pause', { id: run.id, paused: true })).json()).toEqual({ running: false })
  })

  it('measure each setting in turn', async () => {
    const settings = [
      { batchSize: 1, concurrency: 2 },
      { batchSize: 4, concurrency: 1 },
    ]
    const before = runtime.requests.length
    const events = await linesOf(await post('/measure', { endpoint, texts: ['a', 'b', 'c', 'd'], settings }))
    expect(events).toMatchObject([
      ...settings.map((setting) => ({ type: 'measured', texts: 4, ...setting })),
      { type: 'end' },
    ])
    expect(runtime.requests.length - before).toBe(1 + 4 + 1)
  })
})
