import {
  demoEmbeddingModel,
  demoLanguageModel,
  disconnect,
  part,
  scripted,
  serviceError,
  stream,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clients } from './test-support/clients.ts'
import { startGateway, type GatewayFixture } from './test-support/gateway-fixture.ts'

const formats = ['openai', 'tgi', 'lmi', 'cohere'] as const
const toolFormats = ['openai', 'tgi', 'cohere'] as const
const chunk = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hel' }, finish_reason: null }] })

let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startGateway(
    {
      ...Object.fromEntries(formats.map((format) => [format, demoLanguageModel({ format })])),
      triton: demoLanguageModel({ format: 'triton' }),
      tei: demoEmbeddingModel({ format: 'tei', dimensions: 8 }),
      slow: demoLanguageModel({ format: 'openai', tokensPerSecond: 50 }),
      broken: scripted(() => stream([part(`data: ${chunk}\n\n`), disconnect()])),
      busy: scripted(() => serviceError('ThrottlingException')),
    },
    {
      cohere: { contentHandler: 'cohere' },
      triton: { contentHandler: 'triton', messagesToPrompt: 'chatml' },
      tei: { kind: 'embedding', dimensions: 8 },
    },
  )
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

describe.each(Object.entries(clients))('%s', (_, create) => {
  test.each(formats)('whole and as a stream, format %s', async (format) => {
    const client = create(fixture.baseURL)
    expect(await client.chat(format, 'The sea')).toMatch(/^The sea is never/)
    const pieces: string[] = []
    const text = await client.stream(format, 'The sea', (piece) => pieces.push(piece) > 0)
    expect(text).toMatch(/^The sea is never/)
    expect(pieces.length).toBeGreaterThan(3)
  })

  test.each(toolFormats)('the call of a tool, format %s', async (format) => {
    const client = create(fixture.baseURL)
    for (const mode of ['whole', 'stream'] as const) {
      expect(await client.callTool(format, 'What is the weather in Paris?', mode)).toEqual({
        name: 'weather',
        input: { city: expect.any(String) },
      })
    }
  })

  test('tools that the format does not have are refused', async () => {
    await expect(create(fixture.baseURL).callTool('triton', 'What is the weather?', 'whole')).rejects.toThrow(
      /tools: this model has no tools/,
    )
  })

  test('a failure before the answer', async () => {
    const client = create(fixture.baseURL)
    await expect(client.chat('busy', 'The sea')).rejects.toThrow(/throttled|rate/i)
    await expect(client.stream('busy', 'The sea')).rejects.toThrow(/throttled|rate/i)
    await expect(client.chat('unknown', 'The sea')).rejects.toThrow(/There are openai, tgi, lmi/)
  })

  test('a failure within the answer', async () => {
    const pieces: string[] = []
    const read = create(fixture.baseURL).stream('broken', 'The sea', (piece) => pieces.push(piece) > 0)
    const error: unknown = await read.catch((reason: unknown) => reason)
    expect(JSON.stringify(error instanceof Error ? error.message : error)).toContain('the connection was lost')
    expect(pieces).toEqual(['Hel'])
  })

  test('leaving the stream stops the model', async () => {
    const before = fixture.runtime.requests.length
    expect(await create(fixture.baseURL).stream('slow', 'The sea', () => false)).not.toBe('')
    await vi.waitFor(() => expect(fixture.runtime.requests.slice(before)).toMatchObject([{ outcome: 'aborted' }]), 5000)
    await vi.waitFor(() => expect(fixture.gateway.activeRequests).toBe(0))
  })

  test('embeddings', async () => {
    const vectors = await create(fixture.baseURL).embed?.('tei', ['one', 'two'])
    const direct = await fixture.post('/v1/embeddings', { model: 'tei', input: ['one', 'two'] })
    const { data } = (await direct.json()) as { data: { embedding: number[] }[] }
    expect(vectors).toEqual(data.map(({ embedding }) => embedding))
    expect(vectors?.map((vector) => vector.length)).toEqual([8, 8])
  })
})
