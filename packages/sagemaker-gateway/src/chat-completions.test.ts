import {
  demoLanguageModel,
  disconnect,
  part,
  scripted,
  serviceError,
  silence,
  stream,
  type LanguageFormat,
} from '@x/sagemaker-local'
import OpenAI, { APIError, NotFoundError } from 'openai'
import { describe, expect, test, vi } from 'vitest'
import { eventsIn, startGateway } from './test-support/gateway-fixture.ts'

const messages = [{ role: 'user' as const, content: 'The sea' }]
const formats: readonly LanguageFormat[] = ['openai', 'tgi', 'lmi', 'cohere', 'triton']
const endpoints = Object.fromEntries(formats.map((format) => [format, demoLanguageModel({ format })]))

/** Containers whose requests no other format shares have to be named. */
const handlers = {
  cohere: { contentHandler: 'cohere' },
  triton: { contentHandler: 'triton', messagesToPrompt: 'chatml' as const },
}

/** What the demo models say here, to a chat or to a prompt. */
const sentence = /^The sea is never|^Anna lives in/

function clientOf(baseURL: string, options: object = {}): OpenAI {
  return new OpenAI({ baseURL, apiKey: 'unused', ...options })
}

describe.each(formats)('a chat with the format %s', (format) => {
  test('is answered whole', async () => {
    await using fixture = await startGateway(endpoints, handlers)
    const answer = await clientOf(fixture.baseURL).chat.completions.create({ model: format, messages, max_tokens: 8 })
    expect(answer).toMatchObject({ object: 'chat.completion', model: format, id: expect.stringMatching(/^chatcmpl-/) })
    expect(answer.choices).toEqual([
      {
        index: 0,
        message: { role: 'assistant', content: expect.stringMatching(sentence), refusal: null },
        logprobs: null,
        finish_reason: expect.stringMatching(/^(?:stop|length)$/),
      },
    ])
  })

  test('is answered as a stream', async () => {
    await using fixture = await startGateway(endpoints, handlers)
    const chunks = await clientOf(fixture.baseURL).chat.completions.create({
      model: format,
      messages,
      max_tokens: 8,
      stream: true,
    })
    let text = ''
    const reasons: unknown[] = []
    for await (const { choices } of chunks) {
      text += choices[0]?.delta.content ?? ''
      if (choices[0]?.finish_reason != null) reasons.push(choices[0].finish_reason)
    }
    expect(text).toMatch(sentence)
    expect(reasons).toEqual([expect.stringMatching(/^(?:stop|length)$/)])
    expect(fixture.records).toMatchObject([{ model: format, stream: true, outcome: 'finished', status: 200 }])
  })
})

test('a stream begins with the role and ends with usage, if it is asked for, and [DONE]', async () => {
  await using fixture = await startGateway(endpoints)
  const body = { model: 'openai', messages, max_tokens: 2, stream: true, stream_options: { include_usage: true } }
  const response = await fixture.post('/v1/chat/completions', body)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    'openai-version': '2020-10-01',
    'x-amzn-requestid': expect.any(String),
    'x-sagemaker-variant': 'AllTraffic',
    'x-sagemaker-attempts': '1',
  })
  const choice = { index: 0, logprobs: null, finish_reason: null }
  const head = {
    id: expect.stringMatching(/^chatcmpl-/),
    object: 'chat.completion.chunk',
    created: expect.any(Number),
    model: 'openai',
  }
  expect(eventsIn(await response.text())).toEqual([
    { ...head, choices: [{ ...choice, delta: { role: 'assistant', content: '' } }] },
    { ...head, choices: [{ ...choice, delta: { content: 'The' } }] },
    { ...head, choices: [{ ...choice, delta: { content: ' sea' } }] },
    { ...head, choices: [{ ...choice, delta: {}, finish_reason: 'length' }] },
    { ...head, choices: [], usage: { prompt_tokens: 6, completion_tokens: 2, total_tokens: 8 } },
    'data: [DONE]',
  ])
})

test('an answer that breaks off is an error event, and no [DONE] follows', async () => {
  const data = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hel' }, finish_reason: null }] })
  const broken = scripted(() => stream([part(`data: ${data}\n\n`), disconnect()]))
  await using fixture = await startGateway({ broken })
  const events = eventsIn(
    await (await fixture.post('/v1/chat/completions', { model: 'broken', messages, stream: true })).text(),
  )
  expect(events.at(-1)).toEqual({
    error: { message: expect.any(String), type: 'server_error', param: null, code: 'model_error' },
  })
  expect(JSON.stringify(events)).toContain('Hel')
  expect(JSON.stringify(events)).not.toContain('[DONE]')
  const read = async (): Promise<string> => {
    let text = ''
    const client = clientOf(fixture.baseURL)
    const chunks = await client.chat.completions.create({ model: 'broken', messages, stream: true })
    for await (const { choices } of chunks) text += choices[0]?.delta.content ?? ''
    return text
  }
  await expect(read()).rejects.toThrow(APIError)
  expect(fixture.records.at(-1)).toMatchObject({ outcome: 'failed', errorCode: 'stream-interrupted', status: 200 })
})

test('a failure before the first token keeps its status, in a stream too', async () => {
  const busy = scripted(() => serviceError('ThrottlingException'))
  await using fixture = await startGateway({ busy })
  const response = await fixture.post('/v1/chat/completions', { model: 'busy', messages, stream: true })
  expect(response.status).toBe(429)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'retry-after': '1',
    'x-should-retry': 'false',
    'x-sagemaker-attempts': '2',
  })
  expect(await response.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' } })
  expect(fixture.runtime.requests).toHaveLength(2)
})

test('an unknown model is 404 with the names there are', async () => {
  await using fixture = await startGateway(endpoints)
  const error: unknown = await clientOf(fixture.baseURL)
    .chat.completions.create({ model: 'gpt-4o', messages })
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(NotFoundError)
  expect(error).toMatchObject({ code: 'model_not_found', param: 'model', requestID: expect.any(String) })
  expect((error as Error).message).toContain('There are openai, tgi, lmi, cohere, triton.')
  // Not sent again, since it cannot be helped.
  expect(fixture.records).toHaveLength(1)
})

test.each([
  [{ model: 'tgi', messages, temperature: 'warm' }, 'temperature'],
  [{ model: 'tgi', messages, max_tokens: 0 }, 'max_tokens'],
  [{ model: 'tgi', messages, top_p: 2 }, 'top_p'],
  [{ model: 'tgi', messages, n: 2 }, 'n'],
  [{ model: 'cohere', messages, logprobs: true }, 'logprobs'],
  [{ model: 'tgi', messages, functions: [] }, 'functions'],
  [{ model: 'tgi', messages: [] }, 'messages'],
  [{ model: 'tgi', messages: [{ role: 'user' }] }, 'messages[0].content'],
  [{ model: 'tgi', messages: [{ role: 'poet', content: '' }] }, 'messages[0].role'],
  [{ messages }, 'model'],
  ['not JSON', 'body'],
  ['', 'body'],
  ['[]', 'body'],
])('%j is refused with its param', async (body, param) => {
  await using fixture = await startGateway(endpoints, handlers)
  const response = await fixture.post('/v1/chat/completions', body)
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 400,
    body: { error: { message: expect.any(String), type: 'invalid_request_error', param, code: 'invalid_request' } },
  })
  expect(fixture.runtime.requests).toHaveLength(0)
})

test('a client that leaves stops the model', async () => {
  const slow = demoLanguageModel({ format: 'openai', tokensPerSecond: 50 })
  await using fixture = await startGateway({ slow })
  const chunks = await clientOf(fixture.baseURL).chat.completions.create({ model: 'slow', messages, stream: true })
  for await (const { choices } of chunks) if (choices[0]?.delta.content) break
  await vi.waitFor(() => expect(fixture.records).toMatchObject([{ outcome: 'aborted', stream: true }]))
  await vi.waitFor(() => expect(fixture.runtime.requests).toMatchObject([{ outcome: 'aborted' }]))
  expect(fixture.gateway.activeRequests).toBe(0)
})

test('a client that leaves before the answer stops the model, whole or streamed', async () => {
  await using fixture = await startGateway({ silent: scripted(() => silence()) })
  for (const stream of [false, true]) {
    const controller = new AbortController()
    const request = fixture.post(
      '/v1/chat/completions',
      { model: 'silent', messages, stream },
      { signal: controller.signal },
    )
    await vi.waitFor(() => expect(fixture.runtime.activeRequests).toBe(1))
    controller.abort()
    await expect(request).rejects.toThrow('aborted')
    await vi.waitFor(() => expect(fixture.runtime.activeRequests).toBe(0))
  }
  expect(fixture.records).toMatchObject([
    { outcome: 'aborted', status: 499 },
    { outcome: 'aborted', status: 499 },
  ])
})

describe('members that are not part of the format', () => {
  const body = { model: 'tgi', messages, max_tokens: 2, repetition_penalty: 1.1 }

  test('are ignored with a warning', async () => {
    await using fixture = await startGateway(endpoints)
    const response = await fixture.post('/v1/chat/completions', body)
    expect(response.headers.get('x-sagemaker-warnings')).toBe('ignored: repetition_penalty')
    expect(fixture.runtime.requests[0]?.text).not.toContain('repetition_penalty')
  })

  test('are sent to the container of a model that passes them on', async () => {
    await using fixture = await startGateway(endpoints, { tgi: { passUnknown: true, contentHandler: 'tgi' } })
    const response = await fixture.post('/v1/chat/completions', body)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-sagemaker-warnings')).toBeNull()
    expect(fixture.runtime.requests[0]?.text).toContain('"repetition_penalty":1.1')
  })
})

test('what the client leaves out is the default of the model, then of the container', async () => {
  const openai = { defaults: { maxNewTokens: 3, topP: 0.5 } }
  await using fixture = await startGateway(endpoints, { openai })
  await fixture.post('/v1/chat/completions', { model: 'openai', messages, top_p: 0.9, stop: null })
  expect(JSON.parse(fixture.runtime.requests[0]!.text)).toEqual({ messages, stream: false, max_tokens: 3, top_p: 0.9 })
})
