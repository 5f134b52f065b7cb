import { lmi } from '../../handlers/lmi.ts'
import {
  counts,
  events,
  lines,
  openaiQuestion,
  question,
  weatherTool,
  type ContainerFixture,
} from '../container-fixture.ts'

function chunk(delta: object, finish: string | null = null): object {
  return { id: 'chatcmpl-0', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] }
}

const chatWhole = {
  id: 'chatcmpl-0',
  object: 'chat.completion',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Oh, hello!' }, logprobs: null, finish_reason: 'eos_token' },
  ],
  usage: { prompt_tokens: 33, completion_tokens: 4, total_tokens: 37 },
}
const chatChunks = [
  chunk({ role: 'assistant', content: 'Oh' }),
  chunk({ content: ', hello' }),
  chunk({ content: '!' }, 'eos_token'),
]
const chatExpected = {
  text: 'Oh, hello!',
  stopReason: 'end_turn',
  rawStopReason: 'eos_token',
  usage: counts(33, 4),
} as const

export const lmiChat: ContainerFixture = {
  name: 'LMI chat',
  handler: lmi(),
  cases: [
    {
      name: 'stop, as JSON lines (up to LMI 25)',
      messages: question,
      options: { topK: 5 },
      request: (stream) => ({
        messages: openaiQuestion,
        max_tokens: 512,
        temperature: 0.1,
        top_k: 5,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
      }),
      whole: chatWhole,
      stream: lines(...chatChunks),
      expected: chatExpected,
      expectedOfStream: { usage: undefined },
    },
    {
      name: 'stop, as events (from LMI 26)',
      messages: question,
      stream: events(...chatChunks, '[DONE]'),
      expected: chatExpected,
      expectedOfStream: { usage: undefined },
    },
    {
      name: 'stop, as JSON lines with a blank one at the end (async)',
      messages: question,
      stream: `${lines(chunk({ role: 'assistant', content: '' }), chunk({ content: 'Oh, hello!' }), chunk({ content: '' }, 'stop'))}\n`,
      expected: { text: 'Oh, hello!', stopReason: 'end_turn', rawStopReason: 'stop', usage: undefined },
    },
    {
      name: 'a named tool, with empty content and eos_token',
      messages: question,
      whole: {
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: '',
              tool_calls: [{ id: 'call_7', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
            },
            finish_reason: 'eos_token',
          },
        ],
      },
      expected: {
        text: '',
        toolCalls: [{ id: 'call_7', name: 'f', input: { a: 1 } }],
        stopReason: 'tool_use',
        rawStopReason: 'eos_token',
        usage: undefined,
      },
    },
    {
      name: 'length and reasoning',
      messages: question,
      whole: { choices: [{ index: 0, message: { content: 'Oh', reasoning_content: 'Hm.' }, finish_reason: 'length' }] },
      stream: lines(
        chunk({ reasoning_content: 'Hm' }),
        chunk({ reasoning_content: '.' }),
        chunk({ content: 'Oh' }, 'length'),
      ),
      expected: { text: 'Oh', reasoning: 'Hm.', stopReason: 'max_tokens', rawStopReason: 'length', usage: undefined },
    },
    {
      name: 'stop string',
      messages: question,
      options: { stopSequences: ['!'] },
      whole: { choices: [{ index: 0, message: { content: 'Oh' }, finish_reason: 'stop', stop_reason: '!' }] },
      stream: lines(chunk({ content: 'Oh' }), chunk({ content: '!' }, 'eos_token')),
      expected: { text: 'Oh', stopReason: 'stop_sequence', rawStopReason: 'stop', usage: undefined },
      expectedOfStream: { rawStopReason: 'eos_token' },
    },
    {
      name: 'a tool call in fragments',
      messages: question,
      options: { tools: [weatherTool] },
      stream: lines(
        chunk({
          tool_calls: [
            { index: 0, id: 'call_7', type: 'function', function: { name: 'get_weather', arguments: '{"ci' } },
          ],
        }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: 'ty":"Bern"}' } }] }, 'tool_calls'),
      ),
      expected: {
        text: '',
        toolCalls: [{ id: 'call_7', name: 'get_weather', input: { city: 'Bern' } }],
        stopReason: 'tool_use',
        rawStopReason: 'tool_calls',
        usage: undefined,
      },
    },
    {
      name: 'error before the answer',
      messages: question,
      status: 424,
      whole: {
        code: 424,
        message: 'invoke handler failure',
        error: 'invalid payload. must contain prompt, inputs, or messages',
      },
      stream: lines({ code: 424, message: 'invoke handler failure', error: 'invalid payload' }),
      error: { code: 'model-error' },
    },
    {
      name: 'error in the middle',
      messages: question,
      stream: lines(...chatChunks.slice(0, 1), {
        error: { message: 'engine died', type: 'InternalServerError', code: 500 },
      }),
      errorOfStream: { code: 'model-error', partialText: 'Oh' },
    },
    {
      name: 'truncation',
      messages: question,
      stream: lines(...chatChunks.slice(0, 2)),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Oh, hello' },
    },
    {
      name: 'truncation after the first line',
      messages: question,
      stream: lines(...chatChunks.slice(0, 1)),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Oh' },
    },
  ],
}
