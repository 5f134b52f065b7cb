import { InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test } from 'vitest'
import {
  containerProxy,
  demoEmbeddingModel,
  demoLanguageModel,
  openaiProxy,
  part,
  pause,
  reset,
  scripted,
  startLocalRuntime,
  stream,
  type LocalEndpoint,
} from '../index.ts'
import { callEndpoint, callRefused, callStreamed } from '../test-support/call-endpoint.ts'
import { startOpenAIServer } from '../test-support/openai-server.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'

const messages = [{ role: 'user', content: 'Tell me a joke' }]
const valueOf = (event: string): unknown => JSON.parse(event.replace(/^data: /, ''))

describe('an OpenAI-compatible server', () => {
  test('gets what is its own, with a model filled in, and its answers come back unchanged', async () => {
    await using server = await startOpenAIServer()
    await using runtime = await startLocalRuntime({
      endpoints: { e: openaiProxy({ url: server.url, apiKey: 'secret' }) },
    })
    const chat = await callEndpoint(runtime, 'e', { messages, temperature: 0, max_tokens: 3 })
    expect(chat).toMatchObject({ model: 'small', choices: [{ message: { content: 'A good joke' } }] })
    expect(
      await callEndpoint(runtime, 'e', { prompt: 'The sea', model: 'small', max_tokens: 1, temperature: 0 }),
    ).toMatchObject({
      choices: [{ text: ' is' }],
    })
    expect(await callEndpoint(runtime, 'e', { input: ['a', 'b'] })).toMatchObject({
      data: [{ index: 0 }, { index: 1 }],
    })
    expect(server.requests.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/v1/chat/completions', 'Bearer secret'],
      ['/v1/completions', 'Bearer secret'],
      ['/v1/embeddings', 'Bearer secret'],
    ])
    expect(server.requests[0]?.body).toEqual({ messages, temperature: 0, max_tokens: 3, model: 'small' })
  })

  test('streams chat without buffering it', async () => {
    await using server = await startOpenAIServer({
      language: demoLanguageModel({ format: 'openai', modelName: 'small', tokensPerSecond: 50 }),
    })
    await using runtime = await startLocalRuntime({ endpoints: { e: openaiProxy({ url: server.url }) } })
    const { contentType, parts } = await callStreamed(runtime, 'e', { messages, max_tokens: 8, temperature: 0 })
    expect(contentType).toBe('text/event-stream')
    expect(parts.length).toBeGreaterThan(4)
    expect(parts.join('')).toMatch(/data: \[DONE\]\n\n$/)
  })

  test('continues `inputs` as Text Generation Inference would', async () => {
    await using server = await startOpenAIServer()
    await using runtime = await startLocalRuntime({
      endpoints: { e: openaiProxy({ url: server.url, model: 'small' }) },
    })
    const parameters = { max_new_tokens: 2, do_sample: false, details: true, return_full_text: true }
    const details = { finish_reason: 'length', generated_tokens: 2, input_length: 2, seed: null }
    expect(await callEndpoint(runtime, 'e', { inputs: 'The sea', parameters })).toEqual([
      { generated_text: 'The sea is never', details: { ...details, prefill: [], tokens: [] } },
    ])
    expect(server.requests[0]?.body).toEqual({ prompt: 'The sea', temperature: 0, max_tokens: 2, model: 'small' })
    const { parts } = await callStreamed(runtime, 'e', { inputs: 'The sea', parameters })
    expect(parts.map(valueOf)).toEqual([
      {
        index: 1,
        token: { id: null, text: ' is', logprob: null, special: false },
        generated_text: null,
        details: null,
      },
      {
        index: 2,
        token: { id: null, text: ' never', logprob: null, special: false },
        generated_text: null,
        details: null,
      },
      {
        index: 3,
        token: { id: null, text: '', logprob: null, special: false },
        generated_text: 'The sea is never',
        details,
      },
    ])
  })

  test('embeds `inputs` as Text Embeddings Inference would', async () => {
    await using server = await startOpenAIServer()
    await using local = await startLocalRuntime({
      endpoints: {
        e: openaiProxy({ url: server.url }),
        one: openaiProxy({ url: server.url, task: 'embedding' }),
        tei: demoEmbeddingModel({ dimensions: 8 }),
      },
    })
    const inputs = ['The sea', 'Bread']
    const expected = await callEndpoint(local, 'tei', { inputs })
    expect(await callEndpoint(local, 'e', { inputs })).toEqual(expected)
    expect(await callEndpoint(local, 'one', { inputs: 'The sea' })).toEqual([(expected as unknown[])[0]])
  })

  test('its errors are the container’s', async () => {
    await using server = await startOpenAIServer()
    await using runtime = await startLocalRuntime({ endpoints: { e: openaiProxy({ url: server.url }) } })
    const error = { message: 'The model `other` does not exist.', type: 'NotFoundError', param: null, code: 404 }
    expect(await callRefused(runtime, 'e', { messages, model: 'other' })).toEqual([404, { error }])
    expect(await callRefused(runtime, 'e', { inputs: 'x', parameters: { temperature: -1 } })).toMatchObject([400, {}])
    expect((await callRefused(runtime, 'e', { text: 'x' }))[0]).toBe(422)
    expect((await callRefused(runtime, 'e', 'no JSON'))[0]).toBe(400)
  })

  test('an error in its stream is one in ours, and a stream that breaks off has no last event', async () => {
    const chunk = 'data: {"choices":[{"text":" is"}]}\n\n'
    const failing = scripted(() => stream([chunk, 'data: {"error":{"message":"no memory"}}\n\n']))
    await using server = await startOpenAIServer({ language: failing })
    await using runtime = await startLocalRuntime({ endpoints: { e: openaiProxy({ url: server.url, model: 'm' }) } })
    const { parts } = await callStreamed(runtime, 'e', { inputs: 'The sea' })
    expect(parts.map(valueOf)).toMatchObject([
      { token: { text: ' is' } },
      { error: 'no memory', error_type: 'generation' },
    ])

    await using breaking = await startOpenAIServer({ language: scripted(() => stream([chunk, pause(20), reset()])) })
    await using second = await startLocalRuntime({ endpoints: { e: openaiProxy({ url: breaking.url, model: 'm' }) } })
    await expect(callStreamed(second, 'e', { inputs: 'The sea' })).rejects.toMatchObject({
      name: 'ModelStreamError',
      ErrorCode: 'StreamBroken',
    })
  })

  test('hears of a caller that goes away', async () => {
    const endless = scripted(async function* () {
      for (;;) yield* [part('data: {}\n\n'), pause(5)]
    })
    await using server = await startOpenAIServer({ language: endless })
    await using runtime = await startLocalRuntime({ endpoints: { e: openaiProxy({ url: server.url, model: 'm' }) } })
    const caller = new AbortController()
    const { Body } = await sdkClient(runtime).send(
      new InvokeEndpointWithResponseStreamCommand({
        EndpointName: 'e',
        Body: JSON.stringify({ messages, stream: true }),
      }),
      { abortSignal: caller.signal },
    )
    await Body?.[Symbol.asyncIterator]().next()
    caller.abort()
    await expect.poll(() => server.left, { timeout: 5000 }).toBe(1)
  })

  test('that is not there is a container that does not work', async () => {
    const server = await startOpenAIServer()
    await server[Symbol.asyncDispose]()
    await using runtime = await startLocalRuntime({ endpoints: { e: openaiProxy({ url: server.url }) } })
    const [status, message] = await callRefused(runtime, 'e', { messages })
    expect(status).toBe(503)
    expect(message).toMatch(/^The model server at http:\/\/127\.0\.0\.1:\d+ does not answer: connect ECONNREFUSED/)
  })
})

describe('a container', () => {
  // The OpenAI-compatible path answers like a container: without frames.
  const behind = async (model: LocalEndpoint) => {
    const container = await startLocalRuntime({ endpoints: { c: model } })
    const url = `${container.url}/endpoints/c/openai/v1/chat/completions`
    const runtime = await startLocalRuntime({ endpoints: { e: containerProxy(url) } })
    return {
      container,
      runtime,
      async [Symbol.asyncDispose]() {
        await runtime.close()
        await container.close()
      },
    }
  }

  test('gets the request unchanged, and its answer comes back unchanged', async () => {
    await using both = await behind(demoLanguageModel())
    const { container, runtime } = both
    const body = '{ "inputs":"The sea", "parameters":{"max_new_tokens":1} }'
    expect(await callEndpoint(runtime, 'e', body, { customAttributes: 'a=b' })).toEqual([{ generated_text: ' is' }])
    expect(container.requests[0]).toMatchObject({
      text: body,
      contentType: 'application/json',
      customAttributes: 'a=b',
    })
    expect(container.requests[0]?.headers.authorization).toBeUndefined()
    expect((await callRefused(runtime, 'e', '{}'))[0]).toBe(422)
  })

  test('streams chunk by chunk; what breaks off is a broken stream', async () => {
    await using both = await behind(scripted(() => ['a', pause(30), 'b', pause(30), reset()]))
    const { runtime } = both
    const { Body } = await sdkClient(runtime).send(
      new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }),
    )
    expect(await readParts(Body)).toMatchObject({
      parts: ['a', 'b'],
      error: {
        name: 'ModelStreamError',
        ErrorCode: 'StreamBroken',
        message: expect.stringMatching(/^The container failed: The model server at http:\S+ broke off: \S/),
      },
    })
  })

  test('is asked at /invocations unless told otherwise', () => {
    expect(containerProxy('http://127.0.0.1:8081').description).toBe('A container at http://127.0.0.1:8081/invocations')
    expect(containerProxy('http://127.0.0.1:8081/x').description).toBe('A container at http://127.0.0.1:8081/x')
  })
})
