import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { embeddingCodec, teiEmbedding } from '@x/sagemaker-embed'
import { languageModelCodec, tgi } from '@x/sagemaker-llm'
import { demoEmbeddingModel, demoLanguageModel, type LocalRuntime, startLocalRuntime } from '@x/sagemaker-local'
import { rerankCodec, teiRerank } from '@x/sagemaker-rerank'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  asyncEngine,
  estimateJob,
  fileStore,
  type JobResult,
  jsonlRows,
  listPrefix,
  openaiBatch,
  openaiBatchLine,
  rawCodec,
  realtimeEngine,
  SagemakerError,
  startJob,
  transformEngine,
} from '../index.ts'
import { lengthCodec, textRows } from '../test-support/counting-endpoint.ts'
import { temporaryFolder } from '../test-support/temporary-folder.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    objects: 's3',
    endpoints: {
      // Where its answers are is also what makes the runtime create the bucket.
      llm: { model: demoLanguageModel({ format: 'tgi' }), asyncPath: 's3://batches/llm' },
      embed: demoEmbeddingModel({ format: 'tei' }),
    },
  })
})
afterAll(() => runtime?.close())

function file(...lines: readonly unknown[]): string {
  const name = path.join(temporaryFolder(), 'rows.jsonl')
  writeFileSync(name, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return name
}

const request = (id: string, url: string, body: object) => ({ custom_id: id, method: 'POST', url, body })
const chat = languageModelCodec({ contentHandler: tgi(), input: 'openai', temperature: 0 })
const embeddings = embeddingCodec({ contentHandler: teiEmbedding() })
const realtime = (endpointName: string) => realtimeEngine({ endpoint: { endpointName, ...runtime.connection } })

async function lines(results: AsyncIterable<JobResult<object>>): Promise<Record<string, never>[]> {
  const all: Record<string, never>[] = []
  for await (const result of results) all.push(JSON.parse(openaiBatchLine(result)) as Record<string, never>)
  return all
}

describe('an OpenAI batch file', () => {
  const messages = [{ role: 'user', content: 'The capital of France is' }]
  const engines = {
    realtime: () => realtime('llm'),
    async: () =>
      asyncEngine({
        endpoint: { endpointName: 'llm', ...runtime.connection },
        s3: runtime.s3,
        completion: listPrefix({ minPollMs: 5, maxPollMs: 20 }),
      }),
    transform: () =>
      transformEngine({
        modelName: 'llm',
        instanceType: 'ml.g5.xlarge',
        input: 's3://batches/in',
        output: 's3://batches/out',
        s3: runtime.s3,
        sagemaker: runtime.connection,
        minPollMs: 5,
        maxPollMs: 20,
      }),
  }

  test.each(Object.entries(engines))('goes in and comes out through a TGI endpoint: %s', async (_, engine) => {
    const name = file(
      request('chat-1', '/v1/chat/completions', { model: 'm', messages, max_tokens: 5 }),
      request('text-1', '/v1/completions', { model: 'm', prompt: 'The river Seine', max_tokens: 4 }),
      request('none', '/v1/embeddings', { model: 'm', input: 'a' }),
      '{ "custom_id": "torn',
      request('bad', '/v1/chat/completions', { model: 'm', messages: 'no' }),
    )
    const batch = openaiBatch(name, { chat, completions: chat })
    const job = await startJob({ ...batch, engine: engine(), store: fileStore(path.join(temporaryFolder(), 'job')) })
    const [first, second, third, fourth, fifth] = await lines(job.results({ ordered: true }))
    expect(first).toMatchObject({
      custom_id: 'chat-1',
      error: null,
      response: { status_code: 200, body: { object: 'chat.completion', model: 'm' } },
    })
    expect(first).toMatchObject({
      response: { body: { choices: [{ message: { role: 'assistant', content: expect.stringMatching(/France/) } }] } },
    })
    expect(second).toMatchObject({ custom_id: 'text-1', response: { body: { object: 'text_completion' } } })
    expect(third).toMatchObject({ custom_id: 'none', response: null, error: { code: 'invalid-row' } })
    expect(JSON.stringify(third)).toContain('pass a codec as embeddings')
    expect(fourth).toMatchObject({ response: null, error: { message: expect.stringContaining('line 4') } })
    expect(fifth).toMatchObject({ custom_id: 'bad', error: { code: 'invalid-request' } })
    expect(await job.wait()).toMatchObject({ state: 'partial', total: 5, done: 2, failed: 3 })
  })

  test('of embeddings takes one text or several, as numbers or as base64', async () => {
    const name = file(
      request('one', '/v1/embeddings', { model: 'bge', input: 'a' }),
      request('two', '/v1/embeddings', { input: ['a', 'b'], encoding_format: 'base64' }),
      request('tokens', '/v1/embeddings', { input: [[1, 2]] }),
      request('many', '/v1/embeddings', { input: Array.from({ length: 100 }, () => 'x') }),
    )
    const batch = openaiBatch(name, { embeddings })
    const job = await startJob({ ...batch, engine: realtime('embed'), store: fileStore(temporaryFolder()) })
    const [one, two, tokens, many] = await lines(job.results({ ordered: true }))
    const { data, model } = one!['response']!['body'] as { data: { embedding: number[] }[]; model: string }
    expect(model).toBe('bge')
    const { data: both } = two!['response']!['body'] as { data: { index: number; embedding: string }[] }
    expect(both.map(({ index }) => index)).toEqual([0, 1])
    const bytes = Uint8Array.from(Buffer.from(both[0]!.embedding, 'base64'))
    expect([...new Float32Array(bytes.buffer)]).toEqual(data[0]!.embedding)
    expect(tokens).toMatchObject({ error: { message: expect.stringContaining('tokens') } })
    expect(many).toMatchObject({ error: { message: expect.stringContaining('at most') } })
  })

  test('needs a codec', () => {
    expect(() => openaiBatch('x', {})).toThrow('chat, completions or embeddings')
  })

  test.each([
    [{ method: 'POST' }, 'has no custom_id'],
    [{ custom_id: 'a', method: 'GET' }, 'other than POST'],
    [{ custom_id: 'a' }, 'has no url'],
    [{ custom_id: 'a', url: '/v1/images' }, 'has a url other than'],
    [{ custom_id: 'a', url: '/v1/completions' }, 'has no body'],
    [[], 'is no object'],
  ])('with the line %j names what is wrong', async (line, problem) => {
    const rows: unknown[] = []
    for await (const row of openaiBatch(file(line), { completions: chat }).rows) rows.push(row)
    expect(rows).toMatchObject([{ error: { code: 'invalid-row', line: 1, message: expect.stringContaining(problem) } }])
  })
})

test('a line of a request that was refused has its status, one without an answer none', () => {
  const refused = new SagemakerError('invalid-request', 'too long', { originalStatusCode: 422, requestId: 'r' })
  expect(JSON.parse(openaiBatchLine({ id: 'a', index: 1, error: refused }))).toEqual({
    id: 'batch_req_1',
    custom_id: 'a',
    response: {
      status_code: 422,
      request_id: 'r',
      body: {
        error: { message: 'invalid-request: too long', type: 'invalid-request', param: null, code: 'invalid-request' },
      },
    },
    error: null,
  })
  const expired = new SagemakerError('timeout', 'late')
  expect(JSON.parse(openaiBatchLine({ id: 'a', index: 1, error: expired }))).toMatchObject({
    response: null,
    error: { code: 'timeout', message: 'timeout: late' },
  })
})

describe('a file of JSON lines', () => {
  const rowsOf = async (name: string, raw = false): Promise<unknown[]> => {
    const rows: unknown[] = []
    for await (const row of jsonlRows(name, { raw })) rows.push(row)
    return rows
  }

  test('has texts, prompts, messages, or whatever the codec takes', async () => {
    const name = file(
      '"a"',
      { id: 7, text: 'b' },
      '',
      { id: 'x', messages: [] },
      { query: 'q', documents: ['d'] },
      { input: 1 },
    )
    expect(await rowsOf(name)).toEqual([
      { input: 'a' },
      { id: '7', input: 'b' },
      { id: 'x', input: [] },
      { id: undefined, input: { query: 'q', documents: ['d'] } },
      { id: undefined, input: 1 },
    ])
    expect(await rowsOf(name)).toHaveLength(5)
  })

  test('with lines that are no rows gives their numbers', async () => {
    const name = file('{', '3', { id: 'a' }, { id: {}, text: 'x' }, { text: 'x', prompt: 'y' })
    expect(await rowsOf(name)).toMatchObject([
      { error: { code: 'invalid-row', line: 1, message: expect.stringContaining('is no JSON') } },
      { error: { line: 2 } },
      { id: 'a', error: { line: 3, message: expect.stringContaining('has no input') } },
      { error: { line: 4, message: expect.stringContaining('id') } },
      { error: { line: 5, message: expect.stringContaining('text and prompt') } },
    ])
  })

  test('is sent as it is on demand', async () => {
    await using echo = await startLocalRuntime({ endpoints: { e: demoEmbeddingModel({ format: 'tei' }) } })
    const rows = jsonlRows(file({ inputs: ['a'] }, { inputs: 1 }), { raw: true })
    const engine = realtimeEngine({ endpoint: { endpointName: 'e', ...echo.connection } })
    const job = await startJob({ rows, codec: rawCodec(), engine, store: fileStore(temporaryFolder()) })
    const results: JobResult<unknown>[] = []
    for await (const result of job.results({ ordered: true })) results.push(result)
    expect(results).toMatchObject([
      { id: 'row-0', output: [expect.any(Array)] },
      { error: { code: 'invalid-request' } },
    ])
  })
})

describe('an estimate', () => {
  test('counts rows, requests and bytes, and names what would fail, without sending anything', async () => {
    const before = runtime.requests.length
    const rows = [
      ...textRows(20),
      { id: 'id-3', input: 'doubled' },
      { error: new Error('unreadable') },
      { id: 'long', input: 'x'.repeat(200_000) },
    ]
    const engine = asyncEngine({ endpoint: { endpointName: 'llm', ...runtime.connection } })
    const estimate = await estimateJob({ rows, codec: lengthCodec(8), engine })
    expect(estimate).toMatchObject({ rows: 23, refused: 3, uploads: 0 })
    expect(estimate.requests).toBeGreaterThanOrEqual(3)
    expect(estimate.problems).toMatchObject([
      { code: 'duplicate-id', index: 20 },
      { code: 'invalid-row', index: 21 },
      { code: 'payload-too-large', index: 22, id: 'long' },
    ])
    expect(estimate.largestRequestBytes).toBeLessThanOrEqual(estimate.requestBytes)
    const uploading = asyncEngine({ endpoint: { endpointName: 'llm', ...runtime.connection }, input: 's3://b/in' })
    expect(await estimateJob({ rows, codec: lengthCodec(), engine: uploading })).toMatchObject({
      uploads: 1,
      requests: 21,
    })
    expect(runtime.requests.length).toBe(before)
  })

  test('takes any codec', async () => {
    const input = { query: 'q', documents: ['a', 'b'] }
    const estimate = await estimateJob({
      rows: [{ input }],
      codec: rerankCodec({ contentHandler: teiRerank() }),
      engine: realtime('llm'),
    })
    expect(estimate).toMatchObject({ rows: 1, requests: 1, refused: 0 })
  })
})
