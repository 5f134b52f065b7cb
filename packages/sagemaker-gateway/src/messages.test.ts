import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { namedEvents, startAgentFixture, weather } from './test-support/agent-fixture.ts'
import type { GatewayFixture } from './test-support/gateway-fixture.ts'

let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startAgentFixture()
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

const ask = { max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }

describe('the stream of a message', () => {
  const events = async (model: string, more: object = {}): Promise<unknown[]> => {
    const all = await namedEvents(fixture, '/v1/messages', { model, ...ask, ...more })
    expect(all.map(({ event }) => event)).toEqual(all.map((one) => one.data.type))
    return all.map((one) => one.data)
  }
  const begin = (model: string): unknown => ({
    type: 'message_start',
    message: {
      id: expect.stringMatching(/^msg_\w{32}$/),
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    },
  })
  const block = (index: number, head: object, ...deltas: readonly object[]): unknown[] => [
    { type: 'content_block_start', index, content_block: head },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]
  const text = (index: number, ...deltas: readonly string[]): unknown[] =>
    block(index, { type: 'text', text: '' }, ...deltas.map((delta) => ({ type: 'text_delta', text: delta })))
  const call = (index: number, id: string, ...deltas: readonly string[]): unknown[] => {
    const inputs = deltas.map((delta) => ({ type: 'input_json_delta', partial_json: delta }))
    return block(index, { type: 'tool_use', id, name: 'weather', input: {} }, ...inputs)
  }
  const counted = { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 2 }
  const end = (reason: string, usage: object = counted): unknown[] => [
    { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage },
    { type: 'message_stop' },
  ]

  test('text', async () => {
    expect(await events('text')).toEqual([begin('text'), ...text(0, 'Hel', 'lo'), ...end('end_turn')])
  })

  test('thinking, then text', async () => {
    expect(await events('thinker')).toEqual([
      begin('thinker'),
      ...block(0, { type: 'thinking', thinking: '', signature: '' }, { type: 'thinking_delta', thinking: 'hm' }),
      ...text(1, 'Yes'),
      ...end('end_turn'),
    ])
  })

  test('the call of a tool; tools that only Anthropic runs are left out', async () => {
    const tools = [
      { name: 'weather', input_schema: weather.parameters },
      { type: 'web_search_20250305', name: 'web_search' },
    ]
    expect(await events('caller', { tools })).toEqual([
      begin('caller'),
      ...call(0, 'call_1', '{"city":', '"Paris"}'),
      ...end('tool_use'),
    ])
  })

  test('of calls that are written at once, one ends before the next begins', async () => {
    expect(await events('parallel')).toEqual([
      begin('parallel'),
      ...call(0, 'call_1', '{"city":', '"Paris"}'),
      ...call(1, 'call_2', '{"city":"Rome"}'),
      ...end('tool_use', { input_tokens: 0, output_tokens: 0 }),
    ])
  })

  test('text and a call that the token limit cuts', async () => {
    expect(await events('long')).toEqual([begin('long'), ...text(0, 'Hel'), ...end('max_tokens')])
    expect(await events('cut')).toEqual([begin('cut'), ...call(0, 'call_1', '{"ci'), ...end('max_tokens')])
  })

  test('a failure within the answer is the last event', async () => {
    const message = expect.stringContaining('the connection was lost')
    expect(await events('broken')).toEqual([
      begin('broken'),
      ...text(0, 'Hel').slice(0, 2),
      { type: 'error', error: { type: 'api_error', message } },
    ])
  })
})

describe('what is sent to the container', () => {
  const sent = async (body: object): Promise<unknown> => {
    const response = await fixture.post('/v1/messages', { model: 'demo', ...ask, max_tokens: 1, ...body })
    expect(response.status).toBe(200)
    return JSON.parse(fixture.runtime.requests.at(-1)!.text)
  }

  test.each([
    [{ thinking: { type: 'enabled', budget_tokens: 1024 } }, 'low'],
    [{ thinking: { type: 'enabled', budget_tokens: 4096 } }, 'medium'],
    [{ thinking: { type: 'enabled', budget_tokens: 31_999 } }, 'high'],
    [{ thinking: { type: 'disabled' } }, undefined],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'max' } }, 'high'],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } }, 'medium'],
    [{ thinking: { type: 'adaptive' } }, undefined],
    [{}, undefined],
  ])('%j asks for the effort %s', async (body, effort) => {
    expect(Reflect.get((await sent(body)) as object, 'reasoning_effort')).toBe(effort)
  })

  test('that thinking is disabled is not sent, and said so', async () => {
    const body = { model: 'demo', ...ask, max_tokens: 1, thinking: { type: 'disabled' } }
    const response = await fixture.post('/v1/messages', body)
    expect(response.headers.get('x-sagemaker-warnings')).toContain('chat_template_kwargs')
  })

  test('the request of Claude Code: system text later in the conversation, and after the result of a tool', async () => {
    const cached = { cache_control: { type: 'ephemeral' } }
    const request = {
      system: [
        { type: 'text', text: 'Header' },
        { type: 'text', text: 'You are an agent.', ...cached },
      ],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: '<system-reminder>Today</system-reminder>' },
            { type: 'text', text: 'Print it', ...cached },
          ],
        },
        { role: 'system', content: 'Agents: claude' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'I need the shell.', signature: '' },
            { type: 'tool_use', id: 'call_1', name: 'Bash', input: { command: 'ls' } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'a.txt', is_error: false, ...cached }],
        },
        { role: 'system', content: 'The file a.txt was changed.' },
      ],
      tools: [{ name: 'Bash', input_schema: { type: 'object', properties: { command: { type: 'string' } } } }],
      metadata: { user_id: '{}' },
      thinking: { type: 'adaptive' },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      output_config: { effort: 'high' },
    }
    const { messages } = (await sent(request)) as { messages: { role: string; content: unknown }[] }
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'user'])
    expect(JSON.stringify(messages[1]?.content)).toMatch(/Today.*Print it.*Agents: claude/)
    expect(JSON.stringify(messages[4]?.content)).toContain('a.txt was changed')
  })

  test('one call at a time, if that is asked for', async () => {
    const tools = [{ name: 'weather', input_schema: weather.parameters }]
    const toolChoice = { type: 'auto', disable_parallel_tool_use: true }
    expect(await sent({ tools, tool_choice: toolChoice })).toMatchObject({ parallel_tool_calls: false })
    expect(await sent({ tools, tool_choice: { type: 'auto' } })).not.toHaveProperty('parallel_tool_calls')
  })

  test.each([
    [{ content: 'no such city', is_error: true }, 'Error:\nno such city'],
    [{ content: [{ type: 'text', text: 'no such city' }], is_error: true }, 'Error:\nno such city'],
    [{ content: 'Error: no such city', is_error: true }, 'Error: no such city'],
    [{ is_error: true }, 'Error:\n'],
    [{ content: 'sunny', is_error: false }, 'sunny'],
  ])('a result of a tool %j', async (result, content) => {
    const messages = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'weather', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', ...result }] },
    ]
    const { messages: written } = (await sent({ messages })) as { messages: object[] }
    expect(written.at(-1)).toEqual({ role: 'tool', tool_call_id: 't1', content })
  })

  test('an image in the result of a tool follows it', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' }
    const messages = [
      { role: 'user', content: 'Look' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'read', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'image', source }] }] },
    ]
    const { messages: written } = (await sent({ messages })) as { messages: object[] }
    expect(written.slice(-2)).toEqual([
      { role: 'tool', tool_call_id: 't1', content: '' },
      {
        role: 'user',
        content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }],
      },
    ])
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
  ['/v1/messages/count_tokens', { model: 'text', ...ask }, 501, 'api_error', 'Tokens cannot be counted'],
  ['/v1/messages/count_tokens', { model: 'no', ...ask }, 404, 'not_found_error', 'There are text'],
  ['/v1/messages/batches', {}, 404, 'not_found_error', 'There is nothing at'],
  ['/v1/messages', { model: 'text', ...ask, thinking: { type: 'x' } }, 400, 'invalid_request_error', 'thinking.type'],
  ['/v1/messages', 'no JSON', 400, 'invalid_request_error', 'body: is not JSON'],
])('%s %j fails in the shape of the protocol', async (path, body, status, type, message) => {
  const response = await fixture.post(path, body)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ type: 'error', error: { type, message: expect.stringContaining(message) } })
})
