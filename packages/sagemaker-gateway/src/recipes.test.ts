import { demoEmbeddingModel, demoLanguageModel, demoRerankModel } from '@x/sagemaker-local'
import { Writable } from 'node:stream'
import OpenAI from 'openai'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { lambdaHandler } from './node/lambda-handler.ts'
import { eventsIn, startGateway } from './test-support/gateway-fixture.ts'

test('a TGI endpoint for the openai SDK', async () => {
  await using fixture = await startGateway({ 'my-llama': demoLanguageModel({ format: 'tgi' }) })
  const client = new OpenAI({ baseURL: fixture.baseURL, apiKey: 'unused' })
  const stream = await client.chat.completions.create({
    model: 'my-llama',
    messages: [{ role: 'user', content: 'The capital of France is' }],
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ''
  let tokens: number | undefined
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? ''
    tokens = chunk.usage?.completion_tokens ?? tokens
  }
  expect(text).toContain('capital')
  expect(tokens).toBeGreaterThan(0)
})

test('the requests of Open WebUI and Continue', async () => {
  const embed = { kind: 'embedding', dimensions: 8 } as const
  await using fixture = await startGateway(
    { llama: demoLanguageModel(), embed: demoEmbeddingModel({ dimensions: 8 }), rerank: demoRerankModel() },
    { embed, rerank: { kind: 'rerank' } },
    { apiKeys: ['secret'] },
  )
  const headers = { authorization: 'Bearer secret', 'content-type': 'application/json' }
  const listed = await fixture.post('/v1/models', undefined, { headers })
  expect(await listed.json()).toMatchObject({ data: [{ id: 'llama' }, { id: 'embed' }, { id: 'rerank' }] })
  // Both send these with every chat; what is not known is ignored.
  const chat = {
    model: 'llama',
    messages: [{ role: 'user', content: 'The sea' }],
    stream: true,
    max_tokens: 5,
    user: 'alice',
    frequency_penalty: 0,
    presence_penalty: 0,
    top_p: 0.9,
    metadata: { chat_id: '1' },
    chat_id: '1',
  }
  const answer = await fixture.post('/v1/chat/completions', chat, { headers })
  expect(answer.headers.get('x-sagemaker-warnings')).toContain('chat_id')
  expect(eventsIn(await answer.text()).at(-1)).toBe('data: [DONE]')
  const texts = { model: 'embed', input: ['one', 'two'] }
  const vectors = await fixture.post('/v1/embeddings', texts, { headers })
  expect(await vectors.json()).toMatchObject({ data: [{ index: 0 }, { index: 1 }] })
  const ranking = { model: 'rerank', query: 'boats', documents: ['bread', 'a boat'], top_n: 2 }
  const ranked = await fixture.post('/v1/rerank', ranking, { headers })
  expect(await ranked.json()).toMatchObject({
    results: [{ index: 1, relevance_score: expect.any(Number) }, { index: 0 }],
  })
})

describe('AWS Lambda', () => {
  /** Lambda's global, with the response collected. */
  function fakeLambda(): { head?: { statusCode: number; headers: object }; text: string; stream: Writable } {
    const collected: ReturnType<typeof fakeLambda> = {
      text: '',
      stream: new Writable({
        write(chunk, _, next) {
          collected.text += String(chunk)
          next()
        },
      }),
    }
    const awslambda = {
      streamifyResponse: (handler: (event: object, stream: Writable) => Promise<void>) => (event: object) =>
        handler(event, collected.stream),
      HttpResponseStream: {
        from: (stream: Writable, head: { statusCode: number; headers: object }) => {
          collected.head = head
          return stream
        },
      },
    }
    vi.stubGlobal('awslambda', awslambda)
    onTestFinished(() => void vi.unstubAllGlobals())
    return collected
  }

  const chat = { model: 'llama', messages: [{ role: 'user', content: 'The sea' }], max_tokens: 4, stream: true }
  const headers = { 'content-type': 'application/json', authorization: 'Bearer secret' }
  const body = JSON.stringify(chat)
  const http = { method: 'POST', path: '/v1/chat/completions' }

  test.each([
    [
      'a function URL',
      {
        version: '2.0',
        rawPath: http.path,
        rawQueryString: '',
        headers,
        body,
        isBase64Encoded: false,
        requestContext: { http, domainName: 'x.lambda-url.us-east-1.on.aws' },
      },
    ],
    [
      'a function URL, in base64',
      {
        version: '2.0',
        rawPath: http.path,
        rawQueryString: 'a=1',
        headers,
        body: btoa(body),
        isBase64Encoded: true,
        requestContext: { http },
      },
    ],
    [
      'API Gateway, format 1.0',
      {
        version: '1.0',
        path: http.path,
        httpMethod: 'POST',
        headers,
        body,
        isBase64Encoded: false,
        requestContext: {},
      },
    ],
  ])('a stream for the event of %s', async (_, event) => {
    await using fixture = await startGateway({ llama: demoLanguageModel() }, {}, { apiKeys: ['secret'] })
    const collected = fakeLambda()
    await lambdaHandler(fixture.gateway)(event, {})
    expect(collected.head).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    })
    expect(eventsIn(collected.text).at(-1)).toBe('data: [DONE]')
  })

  test('a refusal keeps its status, and a client that leaves stops the model', async () => {
    const llama = demoLanguageModel({ tokensPerSecond: 50 })
    await using fixture = await startGateway({ llama }, {}, { apiKeys: ['secret'] })
    const event = { rawPath: http.path, headers, body, requestContext: { http } }
    const refused = fakeLambda()
    await lambdaHandler(fixture.gateway)({ ...event, headers: {} }, {})
    expect(refused.head?.statusCode).toBe(401)
    const left = fakeLambda()
    const long = JSON.stringify({ ...chat, max_tokens: 1000 })
    const running = lambdaHandler(fixture.gateway)({ ...event, body: long }, {})
    await vi.waitFor(() => expect(left.text).toContain('data:'))
    left.stream.destroy()
    await running
    await vi.waitFor(() => expect(fixture.runtime.requests.at(-1)?.outcome).toBe('aborted'))
  })

  test('elsewhere it says that it needs Lambda', () => {
    expect(() => lambdaHandler({ fetch: () => Promise.reject(new Error('not called')) })).toThrow('AWS Lambda')
  })
})
