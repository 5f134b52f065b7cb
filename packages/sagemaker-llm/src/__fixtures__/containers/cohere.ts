import { cohere } from '../../handlers/cohere.ts'
import { counts, question, weatherTool, type ContainerFixture } from '../container-fixture.ts'

/** Cohere's objects follow each other, with or without a line end. */
function objects(...values: readonly unknown[]): string {
  return values.map((value, index) => JSON.stringify(value) + (index % 2 === 0 ? '' : '\n')).join('')
}

const start = { is_finished: false, event_type: 'stream-start', generation_id: '90077ac5' }
const units = { api_version: { version: '1' }, billed_units: { input_tokens: 21, output_tokens: 5 } }

function text(piece: string): object {
  return { is_finished: false, event_type: 'text-generation', text: piece }
}

function finish(reason: string, response: object): object {
  return {
    is_finished: true,
    event_type: 'stream-end',
    finish_reason: reason,
    response: {
      response_id: 'a8729ed0',
      generation_id: '90077ac5',
      chat_history: [],
      finish_reason: reason,
      meta: units,
      ...response,
    },
  }
}

function whole(reason: string, more: object): object {
  return {
    response_id: 'a8729ed0',
    generation_id: '90077ac5',
    chat_history: [],
    finish_reason: reason,
    meta: units,
    ...more,
  }
}

const toolCalls = [
  { name: 'get_weather', parameters: { city: 'Zürich' } },
  { name: 'get_weather', parameters: { city: 'Bern' } },
]
const expectedCalls = [
  { name: 'get_weather', input: { city: 'Zürich' } },
  { name: 'get_weather', input: { city: 'Bern' } },
]

export const cohereChat: ContainerFixture = {
  name: 'Cohere chat',
  handler: cohere(),
  cases: [
    {
      name: 'stop',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'What role?' },
        { role: 'assistant', content: 'Prompt engineer!' },
        { role: 'user', content: 'Which skills?' },
      ],
      options: { temperature: 0.3, maxNewTokens: 30, topP: 1, topK: 5, seed: 2, stopSequences: ['--'] },
      request: (stream) => ({
        message: 'Which skills?',
        chat_history: [
          { role: 'USER', message: 'What role?' },
          { role: 'CHATBOT', message: 'Prompt engineer!' },
        ],
        preamble: 'Be kind.',
        max_tokens: 30,
        temperature: 0.3,
        p: 0.99,
        k: 5,
        stop_sequences: ['--'],
        seed: 2,
        stream,
      }),
      whole: whole('COMPLETE', { text: 'Learn “prompt” {design}.' }),
      stream: objects(
        start,
        text('Learn “prompt”'),
        text(' {design}.'),
        { is_finished: false, event_type: 'citation-generation', citations: [{ start: 0, end: 5, text: 'Learn' }] },
        finish('COMPLETE', { text: 'Learn “prompt” {design}.' }),
      ),
      expected: {
        text: 'Learn “prompt” {design}.',
        stopReason: 'end_turn',
        rawStopReason: 'COMPLETE',
        usage: counts(21, 5),
      },
    },
    {
      name: 'length',
      messages: question,
      whole: whole('MAX_TOKENS', { text: 'Learn' }),
      stream: objects(start, text('Learn'), finish('MAX_TOKENS', { text: 'Learn' })),
      expected: { text: 'Learn', stopReason: 'max_tokens', rawStopReason: 'MAX_TOKENS', usage: counts(21, 5) },
    },
    {
      name: 'stop string',
      messages: question,
      whole: whole('STOP_SEQUENCE', { text: 'Learn' }),
      stream: objects(start, text('Learn'), finish('STOP_SEQUENCE', { text: 'Learn' })),
      expected: { text: 'Learn', stopReason: 'stop_sequence', rawStopReason: 'STOP_SEQUENCE', usage: counts(21, 5) },
    },
    {
      name: 'two tool calls without ids, for which Cohere says COMPLETE',
      messages: question,
      options: { tools: [weatherTool] },
      request: (stream) => ({
        message: 'How is the weather in Zürich?',
        preamble: 'Answer briefly.',
        max_tokens: 512,
        temperature: 0.1,
        stream,
        tools: [
          {
            name: 'get_weather',
            description: 'Weather by city',
            parameter_definitions: { city: { type: 'str', required: true } },
          },
        ],
      }),
      whole: whole('COMPLETE', { text: '', tool_calls: toolCalls }),
      stream: objects(
        start,
        { is_finished: false, event_type: 'tool-calls-generation', tool_calls: toolCalls },
        finish('COMPLETE', { text: '', tool_calls: toolCalls }),
      ),
      expected: {
        text: '',
        toolCalls: expectedCalls,
        stopReason: 'tool_use',
        rawStopReason: 'COMPLETE',
        usage: counts(21, 5),
      },
    },
    {
      name: 'everything in the last event alone',
      messages: question,
      stream: objects(start, finish('COMPLETE', { text: 'Learn.', tool_calls: toolCalls })),
      expected: {
        text: 'Learn.',
        toolCalls: expectedCalls,
        stopReason: 'tool_use',
        rawStopReason: 'COMPLETE',
        usage: counts(21, 5),
      },
    },
    {
      name: 'results of tools',
      messages: [
        { role: 'user', content: 'How is the weather in Zürich?' },
        {
          role: 'assistant',
          content: [{ toolUse: { toolUseId: 't1', name: 'get_weather', input: { city: 'Zürich' } } }],
        },
        { role: 'tool', toolCallId: 't1', content: 'sunny' },
      ],
      options: { tools: [weatherTool] },
      request: (stream) => ({
        message: 'How is the weather in Zürich?',
        max_tokens: 512,
        temperature: 0.1,
        stream,
        tools: [
          {
            name: 'get_weather',
            description: 'Weather by city',
            parameter_definitions: { city: { type: 'str', required: true } },
          },
        ],
        tool_results: [
          { call: { name: 'get_weather', parameters: { city: 'Zürich' } }, outputs: [{ result: 'sunny' }] },
        ],
      }),
      whole: whole('COMPLETE', { text: 'Sunny.' }),
      expected: { text: 'Sunny.', stopReason: 'end_turn', rawStopReason: 'COMPLETE', usage: counts(21, 5) },
    },
    {
      name: 'the context is full',
      messages: question,
      whole: whole('ERROR_LIMIT', { text: 'Lea' }),
      stream: objects(start, text('Lea'), finish('ERROR_LIMIT', { text: 'Lea' })),
      expected: {
        text: 'Lea',
        stopReason: 'model_context_window_exceeded',
        rawStopReason: 'ERROR_LIMIT',
        usage: counts(21, 5),
      },
    },
    {
      name: 'error before the answer',
      messages: question,
      status: 400,
      whole: { message: 'invalid request: message must be at least 1 token long' },
      stream: '{"message":"invalid request: message must be at least 1 token long"}',
      error: { code: 'invalid-request' },
      errorOfStream: { code: 'model-error' },
      // A lone message is an error for Cohere alone.
      autoReads: false,
    },
    {
      name: 'error in the middle',
      messages: question,
      whole: whole('ERROR', { text: 'Lea' }),
      stream: objects(start, text('Lea'), finish('ERROR', { text: 'Lea' })),
      error: { code: 'model-error', partialText: 'Lea' },
    },
    {
      name: 'truncation',
      messages: question,
      stream: objects(start, text('Learn'), text(' it')),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Learn it' },
    },
    {
      name: 'truncation after the first event',
      messages: question,
      stream: objects(text('Learn')),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Learn' },
    },
    {
      name: 'the last event alone',
      messages: question,
      stream: objects(finish('COMPLETE', { text: 'Learn.' })),
      expected: { text: 'Learn.', stopReason: 'end_turn', rawStopReason: 'COMPLETE', usage: counts(21, 5) },
    },
  ],
}

export const cohereGenerate: ContainerFixture = {
  name: 'Cohere generate',
  handler: cohere(),
  cases: [
    {
      name: 'stop',
      prompt: 'Hi',
      request: (stream) => ({ prompt: 'Hi', max_tokens: 512, temperature: 0.1, stream }),
      whole: { id: '1', prompt: 'Hi', generations: [{ id: '2', text: ' there', finish_reason: 'COMPLETE' }] },
      stream: objects(
        { is_finished: false, text: ' the' },
        { is_finished: false, text: 're' },
        {
          is_finished: true,
          finish_reason: 'COMPLETE',
          response: { id: '1', prompt: 'Hi', generations: [{ id: '2', text: ' there' }] },
        },
      ),
      expected: { text: ' there', stopReason: 'end_turn', rawStopReason: 'COMPLETE', usage: undefined },
    },
  ],
}
