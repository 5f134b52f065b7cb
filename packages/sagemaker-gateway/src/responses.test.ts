import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { namedEvents, startAgentFixture, weather } from './test-support/agent-fixture.ts'
import type { GatewayFixture } from './test-support/gateway-fixture.ts'

let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startAgentFixture()
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

describe('the stream of a response', () => {
  /** All events without their type and number, which are checked here; ids are their prefix. */
  const events = async (model: string, more: object = {}): Promise<unknown[]> => {
    const all = await namedEvents(fixture, '/v1/responses', { model, input: 'Hi', ...more })
    expect(all.map(({ event }) => event)).toEqual(all.map((one) => one.data.type))
    expect(all.map((one) => one.data['sequence_number'])).toEqual(all.map((_, index) => index))
    return all.map((one) => {
      const { type, sequence_number: _, ...members } = one.data
      const text = JSON.stringify(members).replaceAll(/"(resp|msg|rs|fc)_\w{32}"/g, '"$1"')
      return [type.replace('response.', ''), JSON.parse(text)]
    })
  }
  const response = (status: string, output: unknown, more: object = {}): unknown =>
    expect.objectContaining({ id: 'resp', object: 'response', status, output, error: null, ...more })
  const begin = (): unknown[] => [
    ['created', { response: response('in_progress', [], { usage: null }) }],
    ['in_progress', { response: response('in_progress', [], { usage: null }) }],
  ]
  const usage = {
    input_tokens: 7,
    input_tokens_details: { cached_tokens: 2 },
    output_tokens: 3,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 10,
  }
  const message = (text: string): object => ({
    type: 'message',
    id: 'msg',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
  })
  const textItem = (index: number, ...deltas: readonly string[]): unknown[] => {
    const at = { item_id: 'msg', output_index: index, content_index: 0 }
    const text = deltas.join('')
    const part = (content: string): object => ({ type: 'output_text', text: content, annotations: [], logprobs: [] })
    return [
      ['output_item.added', { output_index: index, item: { ...message(''), status: 'in_progress', content: [] } }],
      ['content_part.added', { ...at, part: part('') }],
      ...deltas.map((delta) => ['output_text.delta', { ...at, logprobs: [], delta }]),
      ['output_text.done', { ...at, text, logprobs: [] }],
      ['content_part.done', { ...at, part: part(text) }],
      ['output_item.done', { output_index: index, item: message(text) }],
    ]
  }
  const call = (id: string, text: string, status: string): object => ({
    type: 'function_call',
    id: 'fc',
    call_id: id,
    name: 'weather',
    arguments: text,
    status,
  })
  const callAdded = (index: number, id: string): unknown => [
    'output_item.added',
    { output_index: index, item: call(id, '', 'in_progress') },
  ]
  const callDelta = (index: number, delta: string): unknown => [
    'function_call_arguments.delta',
    { item_id: 'fc', output_index: index, delta },
  ]
  const callDone = (index: number, id: string, text: string, status = 'completed'): unknown[] => [
    ['function_call_arguments.done', { item_id: 'fc', output_index: index, name: 'weather', arguments: text }],
    ['output_item.done', { output_index: index, item: call(id, text, status) }],
  ]

  test('text', async () => {
    expect(await events('text')).toEqual([
      ...begin(),
      ...textItem(0, 'Hel', 'lo'),
      ['completed', { response: response('completed', [message('Hello')], { usage, incomplete_details: null }) }],
    ])
  })

  test('reasoning, then text', async () => {
    const reasoning = { type: 'reasoning', id: 'rs', summary: [], content: [{ type: 'reasoning_text', text: 'hm' }] }
    const at = { item_id: 'rs', output_index: 0, content_index: 0 }
    expect(await events('thinker')).toEqual([
      ...begin(),
      ['output_item.added', { output_index: 0, item: { ...reasoning, content: [] } }],
      ['reasoning_text.delta', { ...at, delta: 'hm' }],
      ['reasoning_text.done', { ...at, text: 'hm' }],
      ['output_item.done', { output_index: 0, item: reasoning }],
      ...textItem(1, 'Yes'),
      ['completed', { response: response('completed', [reasoning, message('Yes')], { usage }) }],
    ])
  })

  test('the call of a tool; tools of other kinds than functions are left out', async () => {
    const tools = [{ type: 'function', ...weather }, { type: 'web_search' }]
    expect(await events('caller', { tools })).toEqual([
      ['created', { response: response('in_progress', [], { tools }) }],
      ['in_progress', { response: response('in_progress', [], { tools }) }],
      callAdded(0, 'call_1'),
      callDelta(0, '{"city":'),
      callDelta(0, '"Paris"}'),
      ...callDone(0, 'call_1', '{"city":"Paris"}'),
      ['completed', { response: response('completed', [call('call_1', '{"city":"Paris"}', 'completed')], { usage }) }],
    ])
  })

  test('calls that are written at once', async () => {
    const output = [call('call_1', '{"city":"Paris"}', 'completed'), call('call_2', '{"city":"Rome"}', 'completed')]
    expect(await events('parallel')).toEqual([
      ...begin(),
      callAdded(0, 'call_1'),
      callAdded(1, 'call_2'),
      callDelta(0, '{"city":'),
      callDelta(1, '{"city":"Rome"}'),
      ...callDone(1, 'call_2', '{"city":"Rome"}'),
      callDelta(0, '"Paris"}'),
      ...callDone(0, 'call_1', '{"city":"Paris"}'),
      ['completed', { response: response('completed', output, { usage: null }) }],
    ])
  })

  test('text and a call that the token limit cuts are incomplete', async () => {
    const details = { usage, incomplete_details: { reason: 'max_output_tokens' } }
    expect(await events('long')).toEqual([
      ...begin(),
      ...textItem(0, 'Hel'),
      ['incomplete', { response: response('incomplete', [message('Hel')], details) }],
    ])
    expect(await events('cut')).toEqual([
      ...begin(),
      callAdded(0, 'call_1'),
      callDelta(0, '{"ci'),
      ...callDone(0, 'call_1', '{"ci', 'incomplete'),
      ['incomplete', { response: response('incomplete', [call('call_1', '{"ci', 'incomplete')], details) }],
    ])
  })

  test('a failure within the answer is the last event', async () => {
    const error = { code: 'model_error', message: expect.stringContaining('the connection was lost') }
    expect(await events('broken')).toEqual([
      ...begin(),
      ...textItem(0, 'Hel').slice(0, 3),
      ['failed', { response: response('failed', [], { error, usage: null }) }],
    ])
  })
})

test('a response repeats what was asked for', async () => {
  const asked = {
    instructions: 'Be brief.',
    metadata: { team: 'a' },
    reasoning: { effort: 'low' },
    tools: [{ type: 'function', ...weather }],
    tool_choice: 'required',
    temperature: 0.5,
  }
  expect(await (await fixture.post('/v1/responses', { model: 'text', input: 'Hi', ...asked })).json()).toMatchObject(
    asked,
  )
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

test('the request of Codex after its tool: instructions in two items, earlier reasoning, and tools of its own kinds', async () => {
  const text = (role: string, ...texts: string[]): object => ({
    type: 'message',
    id: 'msg_1',
    role,
    content: texts.map((each) => ({ type: role === 'assistant' ? 'output_text' : 'input_text', text: each })),
  })
  const nested = { type: 'namespace', name: 'agents', tools: [{ type: 'function', name: 'close_agent' }] }
  const response = await fixture.post('/v1/responses', {
    model: 'demo',
    input: [
      text('developer', 'You are a coding agent.'),
      text('developer', 'Skills', 'Permissions'),
      text('user', '<environment_context>'),
      text('user', 'Print it'),
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [],
        content: [{ type: 'reasoning_text', text: 'I need the shell.' }],
        encrypted_content: null,
      },
      {
        type: 'function_call',
        status: 'completed',
        id: 'fc_1',
        name: 'exec_command',
        arguments: '{"cmd":"ls"}',
        call_id: 'call_1',
      },
      { type: 'function_call_output', id: 'fco_1', call_id: 'call_1', output: 'a.txt' },
    ],
    tools: [
      { type: 'function', name: 'exec_command', strict: false, parameters: { type: 'object' } },
      nested,
      { type: 'web_search', external_web_access: false },
    ],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    reasoning: { effort: 'xhigh', summary: 'auto' },
    store: false,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: '1',
    client_metadata: { session_id: '1' },
    max_output_tokens: 1,
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-sagemaker-warnings')).toBe(
    'left out tools of type web_search; the effort xhigh was sent as high',
  )
  const sent = JSON.parse(fixture.runtime.requests.at(-1)!.text) as Record<'messages' | 'tools', readonly object[]>
  expect(sent).toMatchObject({
    reasoning_effort: 'high',
    messages: [{ role: 'system' }, { role: 'user' }, { role: 'assistant' }, { role: 'tool', content: 'a.txt' }],
    tools: [{ function: { name: 'exec_command' } }, { function: { name: 'close_agent' } }],
  })
  expect(JSON.stringify(sent.messages[0])).toMatch(/coding agent.*Skills.*Permissions/)
})
