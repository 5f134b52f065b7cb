import { demoLanguageModel, disconnect, part, scripted, stream } from '@x/sagemaker-local'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startGateway, type GatewayFixture } from './test-support/gateway-fixture.ts'

interface Delta {
  readonly content?: string
  readonly reasoning_content?: string
  readonly tool_calls?: readonly object[]
}

const data = (delta: Delta, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10, prompt_tokens_details: { cached_tokens: 2 } }
const counts = `data: ${JSON.stringify({ choices: [], usage })}\n\n`
const done = 'data: [DONE]\n\n'
const says = (...texts: readonly string[]): ReturnType<typeof scripted> =>
  scripted(() => stream(texts.map((text) => part(text))))
const call = (members: object): Delta => ({ tool_calls: [{ index: 0, ...members }] })

let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startGateway({
    text: says(data({ content: 'Hel' }), data({ content: 'lo' }), data({}, 'stop'), counts, done),
    thinker: says(data({ reasoning_content: 'hm' }), data({ content: 'Yes' }, 'stop'), counts, done),
    caller: says(
      data(call({ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } })),
      data(call({ function: { arguments: '{"city":' } })),
      data(call({ function: { arguments: '"Paris"}' } })),
      data({}, 'tool_calls'),
      done,
    ),
    long: says(data({ content: 'Hel' }, 'length'), counts, done),
    broken: scripted(() => stream([part(data({ content: 'Hel' })), disconnect()])),
    slow: demoLanguageModel({ format: 'openai', tokensPerSecond: 50 }),
    demo: demoLanguageModel({ format: 'openai' }),
    tgi: demoLanguageModel({ format: 'tgi' }),
  })
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

interface NamedEvent {
  readonly event: string | undefined
  readonly data: Readonly<Record<string, never>> & { readonly type: string; readonly sequence_number?: number }
}

async function eventsOf(path: string, body: object): Promise<NamedEvent[]> {
  const response = await fixture.post(path, { stream: true, ...body })
  expect(response.status).toBe(200)
  return (await response.text())
    .trimEnd()
    .split('\n\n')
    .map((text) => ({
      event: /^event: (.*)$/m.exec(text)?.[1],
      data: JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as NamedEvent['data'],
    }))
}

const weather = {
  name: 'weather',
  description: 'The weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}

describe('/v1/responses', () => {
  const shown = async (model: string, more: object = {}): Promise<string[]> => {
    const events = await eventsOf('/v1/responses', { model, input: 'Hi', ...more })
    expect(events.map(({ event }) => event)).toEqual(events.map((one) => one.data.type))
    expect(events.map((one) => one.data.sequence_number)).toEqual(events.map((_, index) => index))
    return events.map(({ event }) => event?.replace('response.', '') ?? '')
  }
  const message = ['output_item.added', 'content_part.added']
  const messageEnd = ['output_text.done', 'content_part.done', 'output_item.done']

  test('text', async () => {
    const delta = 'output_text.delta'
    expect(await shown('text')).toEqual([
      'created',
      'in_progress',
      ...message,
      delta,
      delta,
      ...messageEnd,
      'completed',
    ])
    const last = (await eventsOf('/v1/responses', { model: 'text', input: 'Hi' })).at(-1)?.data as never as {
      response: object
    }
    expect(last.response).toMatchObject({
      object: 'response',
      status: 'completed',
      model: 'text',
      output: [
        { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Hello' }] },
      ],
      usage: {
        input_tokens: 7,
        input_tokens_details: { cached_tokens: 2 },
        output_tokens: 3,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 10,
      },
    })
  })

  test('reasoning, then text', async () => {
    expect(await shown('thinker')).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'reasoning_text.delta',
      'reasoning_text.done',
      'output_item.done',
      ...message,
      'output_text.delta',
      ...messageEnd,
      'completed',
    ])
    const added = (await eventsOf('/v1/responses', { model: 'thinker', input: 'Hi' })).filter(
      ({ event }) => event === 'response.output_item.added',
    )
    expect(added.map((one) => one.data)).toMatchObject([
      { output_index: 0, item: { type: 'reasoning' } },
      { output_index: 1, item: { type: 'message' } },
    ])
  })

  test('the call of a tool', async () => {
    const tools = [{ type: 'function', ...weather }, { type: 'web_search' }]
    expect(await shown('caller', { tools })).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ])
    const events = await eventsOf('/v1/responses', { model: 'caller', input: 'Hi', tools })
    expect(events.at(-2)?.data).toMatchObject({
      item: {
        type: 'function_call',
        call_id: 'call_1',
        name: 'weather',
        arguments: '{"city":"Paris"}',
        status: 'completed',
      },
    })
  })

  test('an answer that is too long is incomplete', async () => {
    const events = await eventsOf('/v1/responses', { model: 'long', input: 'Hi' })
    expect(events.at(-1)).toMatchObject({
      event: 'response.incomplete',
      data: { response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } } },
    })
  })

  test('a failure within the answer is the last event', async () => {
    const events = await eventsOf('/v1/responses', { model: 'broken', input: 'Hi' })
    expect(events.at(-1)).toMatchObject({
      event: 'response.failed',
      data: {
        response: { status: 'failed', error: { code: 'model_error', message: expect.stringContaining('lost') } },
      },
    })
  })

  test('the openai SDK reads answers whole and as a stream, and a round trip of a tool', async () => {
    const client = new OpenAI({ baseURL: fixture.baseURL, apiKey: 'unused' })
    const whole = await client.responses.create({ model: 'tgi', input: 'The sea', max_output_tokens: 8 })
    expect(whole.output_text).toMatch(/^The sea is never/)
    const streamed = await client.responses
      .stream({ model: 'demo', input: 'The sea', max_output_tokens: 8 })
      .finalResponse()
    expect(streamed.output_text).toMatch(/^The sea is never/)
    const tools = [{ type: 'function' as const, strict: false, ...weather }]
    const asked = await client.responses.create({ model: 'demo', input: 'What is the weather in Paris?', tools })
    const [asking] = asked.output
    if (asking?.type !== 'function_call') throw new Error('no call')
    const answered = await client.responses.create({
      model: 'demo',
      tools,
      input: [
        { role: 'user', content: 'What is the weather in Paris?' },
        asking,
        { type: 'function_call_output', call_id: asking.call_id, output: 'sunny' },
      ],
    })
    expect(answered.status).toMatch(/^(?:completed|incomplete)$/)
    expect(JSON.parse(fixture.runtime.requests.at(-1)!.text)).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', content: null, tool_calls: [{ id: asking.call_id, function: { name: 'weather' } }] },
        { role: 'tool', tool_call_id: asking.call_id, content: 'sunny' },
      ],
    })
  })

  test.each([
    [{}, 'input'],
    [{ input: [] }, 'input'],
    [{ input: 'a', previous_response_id: 'r' }, 'previous_response_id'],
    [{ input: 'a', conversation: 'c' }, 'conversation'],
    [{ input: 'a', background: true }, 'background'],
    [{ input: [{ type: 'item_reference', id: 'x' }] }, 'input[0].type'],
    [{ input: [{ role: 'user', content: [{ type: 'input_file' }] }] }, 'input[0].content[0].type'],
    [{ input: [{ type: 'function_call', call_id: 'a', name: 'b', arguments: '{' }] }, 'input[0].arguments'],
  ])('%j is refused', async (body, param) => {
    const response = await fixture.post('/v1/responses', { model: 'text', ...body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param, type: 'invalid_request_error' } })
  })
})

describe('/v1/messages', () => {
  const ask = { max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }
  const eventNames = async (model: string, more: object = {}): Promise<(string | undefined)[]> =>
    (await eventsOf('/v1/messages', { model, ...ask, ...more })).map(({ event }) => event)
  const block = (deltas: number): string[] => [
    'content_block_start',
    ...Array.from({ length: deltas }, () => 'content_block_delta'),
    'content_block_stop',
  ]
  const end = ['message_delta', 'message_stop']

  test('text', async () => {
    expect(await eventNames('text')).toEqual(['message_start', ...block(2), ...end])
    const events = await eventsOf('/v1/messages', { model: 'text', ...ask })
    expect(events.map((one) => one.data)).toMatchObject([
      { message: { id: expect.stringMatching(/^msg_/), role: 'assistant', content: [], stop_reason: null, usage: {} } },
      { index: 0, content_block: { type: 'text', text: '' } },
      { index: 0, delta: { type: 'text_delta', text: 'Hel' } },
      { index: 0, delta: { type: 'text_delta', text: 'lo' } },
      { index: 0 },
      { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { input_tokens: 7, output_tokens: 3 } },
      { type: 'message_stop' },
    ])
  })

  test('thinking, then text', async () => {
    expect(await eventNames('thinker')).toEqual(['message_start', ...block(1), ...block(1), ...end])
  })

  test('the call of a tool', async () => {
    const tools = [
      { name: 'weather', input_schema: weather.parameters },
      { type: 'web_search_20250305', name: 'web_search' },
    ]
    expect(await eventNames('caller', { tools })).toEqual(['message_start', ...block(2), ...end])
    const events = await eventsOf('/v1/messages', { model: 'caller', ...ask, tools })
    expect(events[1]?.data).toMatchObject({
      content_block: { type: 'tool_use', id: 'call_1', name: 'weather', input: {} },
    })
    expect(events.at(-2)?.data).toMatchObject({ delta: { stop_reason: 'tool_use' } })
  })

  test('an answer that is too long, and one that breaks off', async () => {
    expect((await eventsOf('/v1/messages', { model: 'long', ...ask })).at(-2)?.data).toMatchObject({
      delta: { stop_reason: 'max_tokens' },
    })
    expect((await eventsOf('/v1/messages', { model: 'broken', ...ask })).at(-1)).toMatchObject({
      event: 'error',
      data: { type: 'error', error: { type: 'api_error', message: expect.stringContaining('lost') } },
    })
  })

  test('a whole answer, and what is sent for blocks of all kinds', async () => {
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'Weather?', cache_control: { type: 'ephemeral' } }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: '' },
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Paris' } },
        ],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'sunny' }] }],
      },
    ]
    const body = { model: 'demo', max_tokens: 5, system: [{ type: 'text', text: 'Be brief.' }], messages }
    const answer: unknown = await (await fixture.post('/v1/messages?beta=true', body)).json()
    expect(answer).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: 'demo',
      content: [{ type: 'text', text: expect.any(String) }],
      stop_reason: expect.stringMatching(/^(?:end_turn|max_tokens)$/),
      usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
    })
    expect(JSON.parse(fixture.runtime.requests.at(-1)!.text)).toMatchObject({
      max_tokens: 5,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: 'I look.', tool_calls: [{ id: 't1' }] },
        { role: 'tool', tool_call_id: 't1', content: 'sunny' },
      ],
    })
  })

  test.each([
    ['/v1/messages', { model: 'text', messages: ask.messages }, 400, 'invalid_request_error', 'max_tokens: is missing'],
    ['/v1/messages', { model: 'no', ...ask }, 404, 'not_found_error', 'There are text'],
    ['/v1/messages/count_tokens', { model: 'text', ...ask }, 404, 'not_found_error', 'There is nothing at'],
    ['/v1/messages', 'no JSON', 400, 'invalid_request_error', 'body: is not JSON'],
  ])('%s %j fails in the shape of the protocol', async (path, body, status, type, message) => {
    const response = await fixture.post(path, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ type: 'error', error: { type, message: expect.stringContaining(message) } })
  })
})

test.each([
  ['/v1/responses', { input: 'The sea' }],
  ['/v1/messages', { messages: [{ role: 'user', content: 'The sea' }], max_tokens: 1000 }],
])('a client of %s that leaves stops the model', async (path, body) => {
  const before = fixture.runtime.requests.length
  const controller = new AbortController()
  const response = await fixture.post(path, { model: 'slow', stream: true, ...body }, { signal: controller.signal })
  await response.body?.getReader().read()
  controller.abort()
  await vi.waitFor(() => expect(fixture.runtime.requests.slice(before)).toMatchObject([{ outcome: 'aborted' }]))
  expect(fixture.gateway.activeRequests).toBe(0)
})

test('/metrics counts requests, tokens and times by model', async () => {
  await using own = await startGateway({ tgi: demoLanguageModel() })
  const chat = { model: 'tgi', messages: [{ role: 'user', content: 'The sea' }], max_tokens: 3 }
  for (const stream of [true, false]) await (await own.post('/v1/chat/completions', { ...chat, stream })).text()
  await own.post('/v1/chat/completions', { ...chat, model: 'a"b\n' })
  await own.post('/any/path')
  const response = await own.post('/metrics')
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await response.text()).split('\n')
  const path = 'path="/v1/chat/completions"'
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE sagemaker_gateway_requests_total counter',
      `sagemaker_gateway_requests_total{model="tgi",${path},status="200",outcome="finished"} 2`,
      'sagemaker_gateway_requests_total{model="",path="",status="404",outcome="failed"} 2',
      'sagemaker_gateway_tokens_total{model="tgi",direction="output"} 6',
      'sagemaker_gateway_active_requests{model=""} 0',
      `sagemaker_gateway_request_duration_seconds_count{model="tgi",${path}} 2`,
      'sagemaker_gateway_first_token_seconds_bucket{model="tgi",le="+Inf"} 1',
      'sagemaker_gateway_first_token_seconds_count{model="tgi"} 1',
    ]),
  )
})
