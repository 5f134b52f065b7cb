import type { ChatResponse } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import {
  body,
  json,
  type LocalAnswer,
  type LocalRuntime,
  parts,
  scripted,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { events } from './__fixtures__/container-fixture.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'
import { collect } from './views/collect.ts'

// Answers that users of these containers have reported in public, each the example of a kind. A row says what came and what it means.

/** What an answer has to be: members of the response, or the code of the error. */
interface Expected extends Partial<ChatResponse> {
  readonly code?: string
}

interface Row {
  /** A whole answer. */
  readonly whole?: unknown
  /** The values of a stream, without `[DONE]`. */
  readonly values?: readonly unknown[]
  readonly expected: Expected
}

const callOf = (id: string, name: string, text: string): object => ({
  id,
  type: 'function',
  function: { name, arguments: text },
})
const message = (members: object, finish: string | null = 'stop', more: object = {}): object => ({
  id: 'x',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...members }, finish_reason: finish, ...more }],
})
const delta = (members: object, finish: string | null = null, more: object = {}): object => ({
  id: 'x',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: members, finish_reason: finish, ...more }],
})
const bern = { id: 'call_x1', name: 'get_weather', input: { city: 'Bern' } }
const bernText = '{"city": "Bern"}'
const legacy = { name: 'get_weather', arguments: bernText }

const rows: Readonly<Record<string, Row>> = {
  'tool_calls without a tool call, whole': {
    whole: message({ content: 'Hello there.', tool_calls: [] }, 'tool_calls'),
    expected: { text: 'Hello there.', toolCalls: [], stopReason: 'end_turn', rawStopReason: 'tool_calls' },
  },
  'function_call without a tool call, streamed': {
    values: [delta({ content: 'Hello' }), delta({}, 'function_call')],
    expected: { text: 'Hello', toolCalls: [], stopReason: 'end_turn', rawStopReason: 'function_call' },
  },
  'a call told in function_call and in tool_calls, whole': {
    whole: message({ function_call: legacy, tool_calls: [callOf('call_x1', 'get_weather', bernText)] }, 'tool_calls'),
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'a call told in function_call and in tool_calls, streamed': {
    values: [
      ['{"city"', 'get_weather'],
      [': "Bern"}', ''],
    ].map(([text = '', name = '']) =>
      delta({
        function_call: { name, arguments: text },
        tool_calls: [{ index: 0, ...callOf(name && 'call_x1', name, text) }],
      }),
    ),
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'function_call by itself': {
    whole: message({ function_call: legacy }, 'function_call'),
    expected: { toolCalls: [expect.objectContaining({ ...bern, id: expect.any(String) })], stopReason: 'tool_use' },
  },
  'entries with nothing in them beside a text': {
    whole: message({
      content: 'Hi',
      function_call: { name: '', arguments: '' },
      tool_calls: [{ index: 0, ...callOf('', '', '') }],
    }),
    expected: { text: 'Hi', toolCalls: [], stopReason: 'end_turn' },
  },
  'entries with nothing in them beside a streamed text': {
    values: [
      delta({ content: 'Hi', tool_calls: [{ index: 0, ...callOf('', '', '') }] }),
      delta({ function_call: { name: '', arguments: '' } }, 'stop'),
    ],
    expected: { text: 'Hi', toolCalls: [], stopReason: 'end_turn' },
  },
  'reasoning in a list of content, as Mistral writes it': {
    whole: message({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'The user asks' }] },
        { type: 'text', text: '4' },
      ],
    }),
    expected: { text: '4', reasoning: 'The user asks' },
  },
  'reasoning in a list of content, streamed': {
    values: [
      delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] }),
      delta({ content: [{ type: 'text', text: 'Four.' }] }, 'stop'),
    ],
    expected: { text: 'Four.', reasoning: 'Hm.' },
  },
  'reasoning in a list of content, as text': {
    whole: message({
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'Four.' },
      ],
    }),
    expected: { text: 'Four.', reasoning: 'Hm.' },
  },
  "reasoning in Ollama's member": {
    values: [
      { model: 'm', message: { role: 'assistant', content: '', thinking: 'Hm.' }, done: false },
      { model: 'm', message: { role: 'assistant', content: 'Four.' }, done: true, done_reason: 'stop' },
    ],
    expected: { text: 'Four.', reasoning: 'Hm.', stopReason: 'end_turn' },
  },
  'a chat completion within an array': {
    whole: [message({ content: 'Hi' })],
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  'token counts within the choice': {
    values: [
      delta({ content: 'Hi' }),
      delta({}, 'stop', { usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } }),
    ],
    expected: { text: 'Hi', usage: expect.objectContaining({ inputTokens: 3, outputTokens: 1, totalTokens: 4 }) },
  },
  'a sole choice with another index than 0': {
    values: [
      { id: 'x', choices: [{ index: 1, delta: { content: 'Hel' } }] },
      { id: 'x', choices: [{ index: 1, delta: { content: 'lo' }, finish_reason: 'length' }] },
    ],
    expected: { text: 'Hello', stopReason: 'max_tokens' },
  },
  "Cohere's chat API v2, whole": {
    whole: {
      id: 'c1',
      message: {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'text', text: 'Four.' },
        ],
      },
      finish_reason: 'COMPLETE',
      usage: { billed_units: { input_tokens: 5, output_tokens: 3 }, tokens: { input_tokens: 71, output_tokens: 4 } },
    },
    expected: {
      text: 'Four.',
      reasoning: 'Hm.',
      stopReason: 'end_turn',
      usage: expect.objectContaining({ inputTokens: 71, outputTokens: 4 }),
    },
  },
  "Cohere's chat API v2, streamed": {
    values: [
      { type: 'message-start', id: 'c1', delta: { message: { role: 'assistant', content: [], tool_calls: [] } } },
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Fo' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'ur.' } } } },
      { type: 'content-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'MAX_TOKENS', usage: { tokens: { output_tokens: 2 } } } },
    ],
    expected: { text: 'Four.', stopReason: 'max_tokens', rawStopReason: 'MAX_TOKENS' },
  },
  "tool calls of Cohere's chat API v2, streamed": {
    values: [
      { type: 'tool-plan-delta', delta: { message: { tool_plan: 'I will look it up.' } } },
      {
        type: 'tool-call-start',
        index: 0,
        delta: { message: { tool_calls: callOf('call_x1', 'get_weather', '') } },
      },
      { type: 'tool-call-delta', index: 0, delta: { message: { tool_calls: { function: { arguments: '{"city"' } } } } },
      {
        type: 'tool-call-delta',
        index: 0,
        delta: { message: { tool_calls: { function: { arguments: ':"Bern"}' } } } },
      },
      { type: 'tool-call-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'TOOL_CALL' } },
    ],
    expected: {
      toolCalls: [expect.objectContaining(bern)],
      reasoning: 'I will look it up.',
      stopReason: 'tool_use',
    },
  },
  "a failure of Cohere's chat API v2": {
    values: [
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Fo' } } } },
      { type: 'message-end', delta: { finish_reason: 'ERROR' } },
    ],
    expected: { code: 'model-error' },
  },
  'a finish reason of null as text': {
    values: [delta({ content: 'Hi' }, 'null'), delta({ content: '!' }, 'stop')],
    expected: { text: 'Hi!', rawStopReason: 'stop' },
  },
  "the model's own length, whole": {
    whole: message({ content: 'cut' }, 'model_length'),
    expected: { text: 'cut', stopReason: 'model_context_window_exceeded', rawStopReason: 'model_length' },
  },
  'a finish reason of the prototype': {
    whole: message({ content: 'Hi' }, 'constructor'),
    expected: { stopReason: 'end_turn', rawStopReason: 'constructor' },
  },
  ...Object.fromEntries(
    ['cancelled', 'insufficient_system_resource', 'failed', 'abort'].flatMap((word) => [
      [`${word}, whole`, { whole: message({ content: 'cut' }, word), expected: { code: 'model-error' } }],
      [
        `${word}, streamed`,
        { values: [delta({ content: 'cut' }), delta({}, word)], expected: { code: 'model-error' } },
      ],
    ]),
  ),
}

let runtime: LocalRuntime
let answer: () => LocalAnswer

beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { container: scripted(() => answer()) } })
})

afterAll(() => runtime.close())

const hello = [{ role: 'user', content: 'Hello' }] as const

async function outcome(call: () => Promise<ChatResponse>): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    if (SagemakerError.is(error)) return { code: error.code }
    throw error
  }
}

describe.each(Object.entries(rows))('%s', (_, { whole, values, expected }) => {
  const llm = (): SagemakerLLM =>
    new SagemakerLLM({ endpointName: 'container', ...runtime.connection, retry: { maxAttempts: 1 } })

  test('is understood as a whole answer', async () => {
    // A stream in answer to a call that did not ask for one is understood, too.
    answer = () => (whole === undefined ? body(events(...(values ?? []), '[DONE]')) : json(whole))
    expect(await outcome(() => llm().chat(hello))).toMatchObject(expected)
  })

  test.each([1, 7, 1_000_000])('is understood as a stream in parts of %i bytes', async (size) => {
    const text = values === undefined ? JSON.stringify(whole) : events(...values, '[DONE]')
    answer = () => stream(parts(new TextEncoder().encode(text), { size }))
    expect(await outcome(async () => await collect(llm().streamChat(hello)))).toMatchObject(expected)
  })
})
