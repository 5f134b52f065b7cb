import { openai } from '../../handlers/openai.ts'
import {
  events,
  openaiQuestion,
  question,
  weatherTool,
  type ContainerFixture,
  type FixtureCase,
} from '../container-fixture.ts'
import { vllmFailures } from './vllm-failures.ts'
import { chunk, role, toolFragment, usage, used, whole } from './vllm-values.ts'

function reasoningCase(name: string, delta: (text: string) => object): FixtureCase {
  return {
    name,
    messages: question,
    whole: whole({ content: 'Four.', ...delta('The user asks.') }, 'stop', { stop_reason: null }),
    stream: events(
      role,
      chunk(delta('The user')),
      chunk(delta(' asks.')),
      chunk({ content: 'Four.' }),
      chunk({ content: '' }, 'stop'),
      usage,
      '[DONE]',
    ),
    expected: {
      text: 'Four.',
      reasoning: 'The user asks.',
      stopReason: 'end_turn',
      rawStopReason: 'stop',
      usage: used,
    },
  }
}

export const vllmChat: ContainerFixture = {
  name: 'vLLM chat',
  handler: openai(),
  cases: [
    {
      name: 'stop',
      messages: question,
      options: { maxNewTokens: 128, temperature: 0.2, topP: 0.9, topK: 20, seed: 5, stopSequences: ['###'] },
      request: (stream) => ({
        messages: openaiQuestion,
        max_tokens: 128,
        temperature: 0.2,
        top_p: 0.9,
        top_k: 20,
        stop: ['###'],
        seed: 5,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
      }),
      whole: whole({ content: 'It’s sunny ☀️.', tool_calls: [], reasoning: null }, 'stop', { stop_reason: null }),
      stream: events(
        role,
        chunk({ content: 'It' }),
        chunk({ content: '’s sunny ☀️.' }),
        chunk({ content: '' }, 'stop', { stop_reason: null }),
        usage,
        '[DONE]',
      ),
      expected: { text: 'It’s sunny ☀️.', stopReason: 'end_turn', rawStopReason: 'stop', usage: used },
    },
    {
      name: 'length, in a chunk with text',
      messages: question,
      whole: whole({ content: 'A B' }, 'length', { stop_reason: null }),
      stream: events(
        role,
        chunk({ content: 'A' }),
        chunk({ content: ' B' }, 'length', { stop_reason: null }),
        usage,
        '[DONE]',
      ),
      expected: { text: 'A B', stopReason: 'max_tokens', rawStopReason: 'length', usage: used },
    },
    {
      name: 'stop string, which vLLM takes away and names',
      messages: question,
      options: { stopSequences: ['###'] },
      whole: whole({ content: 'A' }, 'stop', { stop_reason: '###' }),
      stream: events(
        role,
        chunk({ content: 'A' }),
        chunk({ content: '' }, 'stop', { stop_reason: '###' }),
        usage,
        '[DONE]',
      ),
      expected: { text: 'A', stopReason: 'stop_sequence', rawStopReason: 'stop', usage: used },
    },
    {
      name: 'two tool calls in fragments',
      messages: question,
      options: { tools: [weatherTool], toolChoice: { auto: {} } },
      request: (stream) => ({
        messages: openaiQuestion,
        max_tokens: 512,
        temperature: 0.1,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
        tools: [
          {
            type: 'function',
            function: {
              name: 'get_weather',
              description: 'Weather by city',
              parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            },
          },
        ],
        tool_choice: 'auto',
      }),
      whole: whole(
        {
          content: null,
          tool_calls: [
            { id: 'call-1a', type: 'function', function: { name: 'get_weather', arguments: '{"city": "Boston"}' } },
            { id: 'call-3c', type: 'function', function: { name: 'get_weather', arguments: '{"city": "Paris"}' } },
          ],
        },
        'tool_calls',
      ),
      stream: events(
        role,
        toolFragment(0, { name: 'get_weather' }, { id: 'call-1a', type: 'function' }),
        toolFragment(0, { arguments: '{"city": ' }),
        toolFragment(0, { arguments: '"Boston"}' }),
        toolFragment(1, { name: 'get_weather', arguments: '' }, { id: 'call-3c', type: 'function' }),
        toolFragment(1, { arguments: '{"city": "Paris"}' }),
        chunk({ content: '' }, 'tool_calls', { stop_reason: null }),
        usage,
        '[DONE]',
      ),
      expected: {
        text: '',
        toolCalls: [
          { id: 'call-1a', name: 'get_weather', input: { city: 'Boston' } },
          { id: 'call-3c', name: 'get_weather', input: { city: 'Paris' } },
        ],
        stopReason: 'tool_use',
        rawStopReason: 'tool_calls',
        usage: used,
      },
    },
    {
      name: 'a named tool, for which vLLM says stop',
      messages: question,
      options: { tools: [weatherTool], toolChoice: { tool: { name: 'get_weather' } } },
      whole: whole(
        {
          content: '',
          tool_calls: [{ id: 'call-1a', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
        },
        'stop',
      ),
      stream: events(
        role,
        toolFragment(0, { name: 'get_weather', arguments: '{}' }, { id: 'call-1a' }),
        chunk({}, 'stop'),
        usage,
        '[DONE]',
      ),
      expected: {
        text: '',
        toolCalls: [{ id: 'call-1a', name: 'get_weather', input: {} }],
        stopReason: 'tool_use',
        rawStopReason: 'stop',
        usage: used,
      },
    },
    {
      name: 'a tool call with arguments that are not JSON',
      messages: question,
      options: { tools: [weatherTool] },
      whole: whole(
        { tool_calls: [{ id: 'call-1a', function: { name: 'get_weather', arguments: '{"city": Boston}' } }] },
        'tool_calls',
      ),
      stream: events(
        role,
        toolFragment(0, { name: 'get_weather', arguments: '{"city": Boston}' }, { id: 'call-1a' }),
        chunk({}, 'tool_calls'),
        usage,
        '[DONE]',
      ),
      expected: {
        text: '',
        toolCalls: [{ id: 'call-1a', name: 'get_weather', input: '{"city": Boston}' }],
        stopReason: 'malformed_tool_use',
        rawStopReason: 'tool_calls',
        usage: used,
      },
    },
    reasoningCase('reasoning as reasoning', (text) => ({ reasoning: text })),
    reasoningCase('reasoning as reasoning_content', (text) => ({ reasoning_content: text, reasoning: null })),
    reasoningCase('reasoning under both names at once', (text) => ({ reasoning: text, reasoning_content: text })),
    {
      name: 'JSON by schema',
      messages: question,
      options: { responseFormat: { type: 'json', schema: { type: 'object' }, name: 'weather' } },
      request: (stream) => ({
        messages: openaiQuestion,
        max_tokens: 512,
        temperature: 0.1,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'weather', schema: { type: 'object' }, strict: true },
        },
      }),
      whole: whole({ content: '{"sky":"blue"}' }, 'stop'),
      expected: { text: '{"sky":"blue"}', stopReason: 'end_turn', rawStopReason: 'stop', usage: used },
    },
    {
      name: 'several choices, of which the first is the answer',
      messages: question,
      options: { additionalParameters: { n: 2 } },
      request: (stream) => ({
        messages: openaiQuestion,
        max_tokens: 512,
        temperature: 0.1,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
        n: 2,
      }),
      whole: {
        choices: [
          { index: 1, message: { content: 'Second.' }, finish_reason: 'length' },
          { index: 0, message: { content: 'First.' }, finish_reason: 'stop' },
        ],
      },
      stream: events(
        { choices: [{ index: 1, delta: { content: 'Second.' }, finish_reason: 'length' }] },
        { choices: [{ index: 0, delta: { content: 'First.' } }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        '[DONE]',
      ),
      expected: { text: 'First.', stopReason: 'end_turn', rawStopReason: 'stop', usage: undefined },
    },
    ...vllmFailures,
  ],
}
