import { demoEmbeddingModel, demoLanguageModel, demoRerankModel, json, scripted } from '@x/sagemaker-local'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { eventsIn, startGateway, type GatewayFixture } from './test-support/gateway-fixture.ts'

const endpoints = {
  tgi: demoLanguageModel({ format: 'tgi' }),
  tei: demoEmbeddingModel({ format: 'tei', dimensions: 4 }),
  counting: demoEmbeddingModel({ format: 'openai', dimensions: 4 }),
  ranker: demoRerankModel({ format: 'cohere' }),
}
const start = (): Promise<GatewayFixture> =>
  startGateway(endpoints, {
    tgi: { contentHandler: 'tgi', aliases: ['org/llama'] },
    tei: { kind: 'embedding', dimensions: 4 },
    counting: { kind: 'embedding', contentHandler: 'openai' },
    ranker: { kind: 'rerank', contentHandler: 'cohere' },
  })

async function errorOf(response: Response): Promise<unknown> {
  return { status: response.status, ...((await response.json()) as { error: object }).error }
}

describe('/v1/models', () => {
  test('lists and retrieves, names with slashes and aliases too', async () => {
    await using fixture = await start()
    const client = new OpenAI({ baseURL: fixture.baseURL, apiKey: 'unused' })
    const listed = await client.models.list()
    expect(listed.data.map(({ id, object, owned_by: owner }) => [id, object, owner])).toEqual(
      Object.keys(endpoints).map((name) => [name, 'model', 'sagemaker']),
    )
    expect(await client.models.retrieve('org/llama')).toMatchObject({ id: 'org/llama', object: 'model' })
    expect((await fixture.post('/v1/models/org/llama')).status).toBe(200)
    await expect(client.models.retrieve('gpt-4o')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  })
})

describe('/v1/completions', () => {
  test.each([{}, { reasoning: 'split' as const }])(
    'keeps reasoning in the text, which is the only place that it has: %j',
    async (defaults) => {
      const text = '<think>Hmm.</think>Paris'
      await using fixture = await startGateway(
        { thinker: scripted(() => json({ generated_text: text })) },
        { thinker: { contentHandler: 'tgi', defaults } },
      )
      const body = { model: 'thinker', prompt: 'The capital of France is' }
      const whole: unknown = await (await fixture.post('/v1/completions', body)).json()
      expect(whole).toMatchObject({ choices: [{ text }] })
      const streamed = eventsIn(await (await fixture.post('/v1/completions', { ...body, stream: true })).text())
      const pieces = streamed.map((event) => (event as { choices?: { text?: string }[] }).choices?.[0]?.text ?? '')
      expect(pieces.join('')).toBe(text)
    },
  )

  test('one choice for each prompt, with counts of all', async () => {
    await using fixture = await start()
    const client = new OpenAI({ baseURL: fixture.baseURL, apiKey: 'unused' })
    const body = { model: 'tgi', prompt: ['The capital of France is', 'The sea'], max_tokens: 2, temperature: 0.1 }
    const { choices, usage, object } = await client.completions.create(body)
    expect(object).toBe('text_completion')
    expect(choices.map(({ index, text, finish_reason: reason }) => [index, text.trim(), reason])).toEqual([
      [0, 'Paris,', 'length'],
      [1, expect.any(String), 'length'],
    ])
    expect(usage).toMatchObject({ completion_tokens: 4 })
  })

  test('a stream answers one prompt after another, and ends with one chunk of counts', async () => {
    await using fixture = await start()
    const prompt = ['The capital of France is', 'The sea']
    const body = { model: 'tgi', prompt, max_tokens: 2, stream: true, stream_options: { include_usage: true } }
    const events = eventsIn(await (await fixture.post('/v1/completions', body)).text())
    const chunks = events.slice(0, -1) as {
      choices: { index: number; finish_reason: string | null }[]
      usage?: object
    }[]
    expect(chunks.flatMap(({ choices }) => choices).map((choice) => [choice.index, choice.finish_reason])).toEqual([
      [0, null],
      [0, null],
      [0, 'length'],
      [1, null],
      [1, null],
      [1, 'length'],
    ])
    expect(chunks.filter(({ usage }) => usage !== undefined)).toMatchObject([
      { choices: [], usage: { completion_tokens: 4 } },
    ])
    expect(events.at(-1)).toBe('data: [DONE]')
  })

  test.each([
    [{ prompt: [1, 2] }, 'prompt'],
    [{}, 'prompt'],
    [{ prompt: 'a', best_of: 2 }, 'best_of'],
    [{ prompt: 'a', echo: true }, 'echo'],
    [{ prompt: 'a', suffix: 'b' }, 'suffix'],
  ])('%j is refused', async (body, param) => {
    await using fixture = await start()
    const response = await fixture.post('/v1/completions', { model: 'tgi', ...body })
    expect(await errorOf(response)).toMatchObject({ status: 400, param, type: 'invalid_request_error' })
  })
})

describe('/v1/embeddings', () => {
  test('float and base64 have the same vectors, with the counts of the container', async () => {
    await using fixture = await start()
    const of = async (encoding: string): Promise<{ data: { embedding: unknown; index: number }[]; usage: object }> => {
      const body = { model: 'counting', input: ['one', 'two words'], encoding_format: encoding }
      return (await fixture.post('/v1/embeddings', body)).json() as never
    }
    const [float, base64] = [await of('float'), await of('base64')]
    expect(float.data.map(({ index }) => index)).toEqual([0, 1])
    for (const [position, { embedding }] of base64.data.entries()) {
      const bytes = Buffer.from(embedding as string, 'base64')
      const numbers = Array.from({ length: 4 }, (_, index) => bytes.readFloatLE(index * 4))
      expect(numbers).toEqual(float.data[position]?.embedding)
    }
    expect(float.usage).toEqual({ prompt_tokens: expect.any(Number), total_tokens: expect.any(Number) })
    expect(float.usage).not.toMatchObject({ prompt_tokens: 0 })
    expect(fixture.records).toMatchObject([{ inputTokens: expect.any(Number) }, {}])
  })

  test('a single text, and counts of 0 where the container has none', async () => {
    await using fixture = await start()
    const answer = await (await fixture.post('/v1/embeddings', { model: 'tei', input: 'one' })).json()
    expect(answer).toMatchObject({ object: 'list', model: 'tei', usage: { prompt_tokens: 0, total_tokens: 0 } })
  })

  test('input_type says which texts are queries', async () => {
    const instructed = { kind: 'embedding', queryInstruction: 'query: ', dimensions: 4 } as const
    await using fixture = await startGateway({ tei: endpoints.tei }, { tei: instructed })
    for (const input_type of ['query', 'passage'])
      await fixture.post('/v1/embeddings', { model: 'tei', input: 'a', input_type })
    expect(fixture.runtime.requests.map(({ text }) => JSON.parse(text) as unknown)).toMatchObject([
      { inputs: ['query: a'] },
      { inputs: ['a'] },
    ])
  })

  test.each([
    [{}, 'input'],
    [{ input: [] }, 'input'],
    [{ input: '' }, 'input'],
    [{ input: ['a', ''] }, 'input[1]'],
    [{ input: [1, 2, 3] }, 'input'],
    [{ input: [[1, 2]] }, 'input'],
    [{ input: Array.from({ length: 2049 }, () => 'a') }, 'input'],
    [{ input: 'a', encoding_format: 'hex' }, 'encoding_format'],
    [{ input: 'a', dimensions: 0 }, 'dimensions'],
    [{ input: 'a', dimensions: 'many' }, 'dimensions'],
  ])('%.60j is refused', async (body, param) => {
    await using fixture = await start()
    const response = await fixture.post('/v1/embeddings', { model: 'tei', ...body })
    expect(await errorOf(response)).toMatchObject({ status: 400, param, code: 'invalid_request' })
    expect(fixture.runtime.requests).toEqual([])
  })
})

describe('/v1/rerank', () => {
  const documents = ['Bread is baked before dawn.', { text: 'The boat stays in port in bad weather.' }]

  test('ranks documents, best first', async () => {
    await using fixture = await start()
    const body = { model: 'ranker', query: 'boats in bad weather', documents, top_n: 1, return_documents: true }
    const answer = (await (await fixture.post('/v1/rerank', body)).json()) as object
    expect(answer).toMatchObject({
      id: expect.stringMatching(/^rerank-/),
      model: 'ranker',
      results: [
        { index: 1, relevance_score: expect.any(Number), document: { text: 'The boat stays in port in bad weather.' } },
      ],
    })
  })

  test('leaves the documents out unless they are asked for', async () => {
    await using fixture = await start()
    const response = await fixture.post('/v1/rerank', { model: 'ranker', query: 'boats', documents })
    const { results } = (await response.json()) as { results: object[] }
    expect(results).toHaveLength(2)
    expect(Object.keys(results[0] ?? {})).toEqual(['index', 'relevance_score'])
  })

  test.each([
    [{ documents }, 'query'],
    [{ query: ' ', documents }, 'query'],
    [{ query: 'a' }, 'documents'],
    [{ query: 'a', documents: [] }, 'documents'],
    [{ query: 'a', documents: ['a', 1] }, 'documents[1]'],
    [{ query: 'a', documents: [{ title: 'a' }] }, 'documents[0].text'],
    [{ query: 'a', documents, top_n: 0 }, 'top_n'],
  ])('%j is refused', async (body, param) => {
    await using fixture = await start()
    const response = await fixture.post('/v1/rerank', { model: 'ranker', ...body })
    expect(await errorOf(response)).toMatchObject({ status: 400, param, code: 'invalid_request' })
    expect(fixture.runtime.requests).toEqual([])
  })
})

test('a model of another kind is refused with its kind', async () => {
  await using fixture = await start()
  const response = await fixture.post('/v1/embeddings', { model: 'tgi', input: 'a' })
  expect(await errorOf(response)).toMatchObject({
    status: 400,
    code: 'model_not_supported',
    param: 'model',
    message: 'The model tgi is of kind language; this path is for kind embedding.',
  })
})

test('a request without a model gets the only one of its kind', async () => {
  await using fixture = await start()
  const response = await fixture.post('/v1/rerank', { query: 'boats', documents: ['a boat'] })
  expect(await response.json()).toMatchObject({ model: 'ranker' })
})

test('an answer that cannot be used is a bad gateway', async () => {
  await using fixture = await startGateway({ odd: scripted(() => json({ hello: 1 })) }, { odd: { kind: 'embedding' } })
  const response = await fixture.post('/v1/embeddings', { model: 'odd', input: 'a' })
  expect(await errorOf(response)).toMatchObject({ status: 502, type: 'server_error', code: 'model_error' })
})

test.each([
  ['GET', '/v1/embeddings', 405, 'method_not_supported'],
  ['POST', '/v1/models', 405, 'method_not_supported'],
  ['DELETE', '/v1/models/tgi', 405, 'method_not_supported'],
  ['GET', '/v2/models', 404, 'unknown_url'],
  ['GET', '//v1/models', 404, 'unknown_url'],
])('%s %s is %i', async (method, path, status, code) => {
  await using fixture = await start()
  const response = await fixture.post(path, undefined, { method })
  expect(await errorOf(response)).toMatchObject({ status, code })
})

test('HEAD and GET of the base URL answer, and the paths for load balancers', async () => {
  await using fixture = await start()
  for (const [method, path] of [
    ['HEAD', '/'],
    ['GET', '/'],
    ['GET', '/healthz'],
    ['GET', '/readyz'],
  ] as const) {
    expect((await fixture.post(path, undefined, { method })).status).toBe(200)
  }
  expect(fixture.records).toEqual([])
})
