import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { realtimeEngine } from '@x/sagemaker-jobs'
import { containerError, json, type LocalRuntime, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { tgi } from '@x/sagemaker-llm'
import {
  type Experimental_BatchRequest as BatchRequest,
  experimental_cancelBatch as cancelBatch,
  experimental_getBatchResults as getBatchResults,
  experimental_getBatchStatus as getBatchStatus,
  experimental_listBatches as listBatches,
  experimental_startBatch as startBatch,
  jsonSchema,
} from 'ai'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { experimental_createBatch, type Experimental_SagemakerBatchSettings } from './batch.ts'

let runtime: LocalRuntime
/** Prompts in the order in which they came, and what they wait for. */
let prompts: string[] = []
let opened: Promise<void> = Promise.resolve()

beforeAll(async () => {
  const model = scripted(async (request) => {
    const { messages = [], inputs = '' } = request.json() as { messages?: { content: string }[]; inputs?: string }
    const prompt = messages.at(-1)?.content ?? inputs
    prompts.push(prompt)
    await opened
    if (prompt.includes('poison')) return containerError(422, { error: 'no poison', error_type: 'validation' })
    return json({
      object: 'chat.completion',
      id: `answer to ${prompt}`,
      created: 1_700_000_000,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: `after ${prompt}` }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    })
  })
  runtime = await startLocalRuntime({ endpoints: { llm: model } })
})
afterAll(() => runtime?.close())
beforeEach(() => {
  globalThis.AI_SDK_LOG_WARNINGS = false
  prompts = []
  opened = Promise.resolve()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'batches-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function batchesIn(folder: string, more: Partial<Experimental_SagemakerBatchSettings> = {}) {
  const batches = experimental_createBatch({
    folder,
    engine: (endpointName) => realtimeEngine({ endpoint: { endpointName, ...runtime.connection }, concurrency: 2 }),
    ...more,
  })
  onTestFinished(() => batches.close())
  return batches
}

const request = (id: string, prompt: string): BatchRequest => ({ id, type: 'text', model: 'llm', prompt })

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

async function completed(provider: ReturnType<typeof batchesIn>, batch: Awaited<ReturnType<typeof startBatch>>) {
  return vi.waitFor(async () => {
    const status = await getBatchStatus({ provider, batch })
    expect(status.status).toBe('completed')
    return status
  }, patience)
}

/** A busy machine is not a failure. */
vi.setConfig({ testTimeout: 30_000 })
const patience = { timeout: 20_000, interval: 20 }

describe('a batch of the AI SDK', () => {
  test('is started, watched and read, and a request that fails is a result', async () => {
    const provider = batchesIn(temporaryFolder())
    const requests = [request('a', 'one'), request('b', 'poison'), request('c', 'three')]
    const started = await startBatch({ provider, requests, webhookUrl: 'https://example.com/done' })
    expect(started).toMatchObject({ version: 2, provider: 'aws.sagemaker', status: 'pending' })
    expect(started.warnings).toEqual([{ warning: { type: 'unsupported', feature: 'webhookUrl' } }])
    // The reference is plain data.
    const { version, id, provider: name } = started
    const reference = JSON.parse(JSON.stringify({ version, id, provider: name })) as typeof started
    expect(await completed(provider, reference)).toMatchObject({
      rawStatus: 'partial',
      requestCounts: { total: 3, pending: 0, completed: 2, failed: 1 },
      createdAt: expect.stringMatching(/^\d{4}-.+Z$/),
    })
    const results = await collected(getBatchResults({ provider, batch: reference }))
    expect(results).toMatchObject([
      {
        type: 'text',
        id: 'a',
        status: 'succeeded',
        text: 'after one',
        finishReason: 'stop',
        usage: { inputTokens: 3, outputTokens: 2 },
        response: { id: 'answer to one', modelId: 'm', timestamp: new Date(1_700_000_000_000).toISOString() },
      },
      { id: 'b', status: 'failed', error: { code: 'invalid-request', statusCode: 422 } },
      { id: 'c', status: 'succeeded', text: 'after three' },
    ])
  })

  test('passes options, images and tools on as a call does, and says what it cannot', async () => {
    const provider = batchesIn(temporaryFolder())
    const image = { type: 'file', mediaType: 'image/png', data: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) } as const
    const started = await startBatch({
      provider,
      requests: [
        {
          id: 'a',
          type: 'text',
          model: 'llm',
          messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] }],
          temperature: 0.5,
          maxOutputTokens: 7,
          tools: { look: { inputSchema: jsonSchema({ type: 'object', properties: {} }) } },
          providerOptions: { sagemaker: { additionalParameters: { ignore_eos: true } } },
        },
      ],
    })
    await completed(provider, started)
    expect(JSON.parse(runtime.requests.at(-1)!.text)).toMatchObject({
      messages: [{ content: [{ text: 'What is this?' }, { image_url: { url: 'data:image/png;base64,iVBORw==' } }] }],
      temperature: 0.5,
      max_tokens: 7,
      ignore_eos: true,
      tools: [{ function: { name: 'look' } }],
    })
  })

  test('goes on in another process without sending again what has a result', async () => {
    const folder = temporaryFolder()
    const requests = Array.from({ length: 12 }, (_, index) => request(`id-${index}`, `text ${index}`))
    const first = batchesIn(folder)
    let open = (): void => {}
    const started = await startBatch({ provider: first, requests: requests.slice(0, 12) })
    await vi.waitFor(() => expect(prompts.length).toBeGreaterThan(4), { ...patience, interval: 1 })
    opened = new Promise((resolve) => (open = resolve))
    await first.close()
    open()
    const second = batchesIn(folder)
    const before = (await collected(getBatchResults({ provider: second, batch: started }))).map(({ id }) => id)
    const sent = prompts.length
    expect(await getBatchStatus({ provider: second, batch: started })).toMatchObject({ status: 'pending' })
    await completed(second, started)
    const again = prompts.slice(sent)
    expect(before.filter((id) => again.includes(`text ${id.slice(3)}`))).toEqual([])
    const results = await collected(getBatchResults({ provider: second, batch: started }))
    expect(results).toMatchObject(
      requests.map(({ id }, index) => ({ id, status: 'succeeded', text: `after text ${index}` })),
    )
  })

  test('is cancelled, here or by another process', async () => {
    const folder = temporaryFolder()
    const provider = batchesIn(folder)
    opened = new Promise(() => {})
    const requests = Array.from({ length: 5 }, (_, index) => request(`id-${index}`, `text ${index}`))
    const started = await startBatch({ provider, requests })
    await vi.waitFor(() => expect(prompts.length).toBe(2), patience)
    await cancelBatch({ provider: batchesIn(folder), batch: started })
    await vi.waitFor(async () => {
      const status = await getBatchStatus({ provider, batch: started })
      expect(status).toMatchObject({ status: 'failed', rawStatus: 'cancelled', error: { code: 'aborted' } })
    }, patience)
    const results = await collected(getBatchResults({ provider, batch: started }))
    expect(results).toEqual(requests.map(({ id }) => ({ type: 'text', id, status: 'cancelled' })))
  })

  test('is listed, newest first, page by page', async () => {
    const provider = batchesIn(temporaryFolder())
    const ids: string[] = []
    for (const prompt of ['one', 'two', 'three']) {
      const started = await startBatch({ provider, requests: [request('a', prompt)] })
      await completed(provider, started)
      ids.unshift(started.id)
    }
    const first = await listBatches({ provider, limit: 2 })
    expect(first.batches).toMatchObject(ids.slice(0, 2).map((id) => ({ version: 2, id, status: 'completed' })))
    const rest = await listBatches({ provider, limit: 2, cursor: first.nextCursor! })
    expect(rest.batches.map(({ id }) => id)).toEqual(ids.slice(2))
    expect(rest.nextCursor).toBeUndefined()
    expect((await listBatches({ provider: batchesIn(temporaryFolder()) })).batches).toEqual([])
  })

  test('that fails as a whole says why', async () => {
    const provider = batchesIn(temporaryFolder())
    const started = await startBatch({
      provider,
      requests: [{ ...request('a', 'one'), model: 'nobody' }],
    })
    await vi.waitFor(async () => {
      expect(await getBatchStatus({ provider, batch: started })).toMatchObject({
        status: 'failed',
        rawStatus: 'stopped',
        error: { code: 'endpoint-not-found', statusCode: 400 },
      })
    }, patience)
  })

  test('refuses what it cannot do, and ids that lead out of its folder', async () => {
    const provider = batchesIn(temporaryFolder(), { contentHandler: tgi() })
    const several = [request('a', 'one'), { ...request('b', 'two'), model: 'other' }]
    await expect(startBatch({ provider, requests: several })).rejects.toThrow('several endpoints')
    const image = { id: 'a', type: 'image', model: 'llm', prompt: 'a boat' } as const
    await expect(startBatch({ provider, requests: [image] })).rejects.toThrow('type image')
    for (const id of ['../secrets', 'batch-none-none']) {
      const batch = { version: 2, id, provider: 'aws.sagemaker' } as const
      await expect(getBatchStatus({ provider, batch, maxRetries: 0 })).rejects.toThrow(`there is no batch "${id}"`)
    }
  })
})
