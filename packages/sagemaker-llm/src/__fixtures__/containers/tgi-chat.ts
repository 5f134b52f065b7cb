import { tgi } from '../../handlers/tgi.ts'
import { counts, events, openaiQuestion, question, weatherTool, type ContainerFixture } from '../container-fixture.ts'

function chunk(delta: object, finish: string | null = null, index = 0): object {
  return {
    object: 'chat.completion.chunk',
    id: '',
    created: 1_750_000_000,
    model: 'llama',
    system_fingerprint: '3.3.4-native',
    choices: [{ index, delta: { role: 'assistant', ...delta }, logprobs: null, finish_reason: finish }],
    usage: null,
  }
}

const usageChunk = { id: '', choices: [], usage: { prompt_tokens: 39, completion_tokens: 3, total_tokens: 42 } }

export const tgiChat: ContainerFixture = {
  name: 'TGI chat',
  handler: tgi(),
  cases: [
    {
      name: 'stop',
      messages: question,
      options: { maxNewTokens: 20, temperature: 0, topP: 1, seed: 3 },
      request: (stream) => ({
        messages: openaiQuestion,
        max_tokens: 20,
        temperature: 0,
        seed: 3,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
      }),
      whole: {
        id: '',
        choices: [{ index: 0, message: { role: 'assistant', content: 'OK!' }, logprobs: null, finish_reason: 'stop' }],
        usage: { prompt_tokens: 39, completion_tokens: 3, total_tokens: 42 },
      },
      stream: events(
        chunk({ content: 'OK' }),
        chunk({ content: '!' }),
        chunk({ content: '' }, 'stop'),
        usageChunk,
        '[DONE]',
      ),
      expected: { text: 'OK!', stopReason: 'end_turn', rawStopReason: 'stop', usage: counts(39, 3) },
    },
    {
      name: 'a tool call whose id is "0" and whose finish reason is stop',
      messages: question,
      options: { tools: [weatherTool], toolChoice: { any: {} } },
      whole: {
        id: '',
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: null,
              tool_calls: [
                {
                  id: '0',
                  type: 'function',
                  function: { description: null, name: 'get_weather', arguments: '{"city":"Zürich"}' },
                },
              ],
            },
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 501, completion_tokens: 29, total_tokens: 530 },
      },
      // No finish reason at all, a null name in later fragments: TGI 3.2.
      stream: events(
        chunk({
          tool_calls: [{ index: 0, id: '0', type: 'function', function: { name: 'get_weather', arguments: '' } }],
        }),
        chunk({
          tool_calls: [{ index: 0, id: '0', type: 'function', function: { name: null, arguments: '{"city":' } }],
        }),
        chunk({
          tool_calls: [{ index: 0, id: '0', type: 'function', function: { name: null, arguments: '"Zürich"}' } }],
        }),
        '[DONE]',
      ),
      expected: {
        text: '',
        toolCalls: [{ name: 'get_weather', input: { city: 'Zürich' } }],
        stopReason: 'tool_use',
        rawStopReason: 'stop',
        usage: counts(501, 29),
      },
      expectedOfStream: { rawStopReason: undefined, usage: undefined },
    },
    {
      name: 'length',
      messages: question,
      whole: {
        id: '',
        choices: [{ index: 0, message: { role: 'assistant', content: 'OK!' }, finish_reason: 'length' }],
      },
      stream: events(chunk({ content: 'OK' }), chunk({ content: '!' }, 'length'), '[DONE]'),
      expected: { text: 'OK!', stopReason: 'max_tokens', rawStopReason: 'length', usage: undefined },
    },
    {
      name: 'stop string, which TGI leaves in the text',
      messages: question,
      options: { stopSequences: ['END'] },
      whole: { id: '', choices: [{ index: 0, message: { content: 'OK END' }, finish_reason: 'stop_sequence' }] },
      stream: events(chunk({ content: 'OK E' }), chunk({ content: 'ND' }, 'stop_sequence'), '[DONE]'),
      expected: { text: 'OK ', stopReason: 'stop_sequence', rawStopReason: 'stop_sequence', usage: undefined },
    },
    {
      name: 'reasoning between tags, of which the prompt has the first',
      messages: question,
      options: { reasoning: 'split' },
      whole: { id: '', choices: [{ index: 0, message: { content: 'Hm.\n</think>\n\nOK!' }, finish_reason: 'stop' }] },
      stream: events(
        chunk({ content: 'Hm' }),
        chunk({ content: '.\n</thi' }),
        chunk({ content: 'nk>\n' }),
        chunk({ content: '\nOK!' }, 'stop'),
        '[DONE]',
      ),
      expected: { text: 'OK!', reasoning: 'Hm.', stopReason: 'end_turn', rawStopReason: 'stop', usage: undefined },
    },
    {
      name: 'error in the middle',
      messages: question,
      stream: events(
        chunk({ content: 'OK' }),
        { error: { message: 'Request failed during generation', http_status_code: 424 } },
        '[DONE]',
      ),
      errorOfStream: { code: 'model-error', partialText: 'OK' },
    },
    {
      name: 'error before the answer',
      messages: question,
      status: 422,
      whole: { error: 'Template error: no chat template', error_type: 'template_error' },
      stream: events({ error: { message: 'Template error: no chat template', http_status_code: 422 } }, '[DONE]'),
      error: { code: 'invalid-request' },
    },
    {
      name: 'truncation',
      messages: question,
      stream: events(chunk({ content: 'OK' })),
      errorOfStream: { code: 'stream-interrupted', partialText: 'OK' },
    },
  ],
}

export const tgiChatOld: ContainerFixture = {
  name: 'TGI chat 1.4, token numbers as index, tool calls as objects, no [DONE]',
  handler: tgi(),
  cases: [
    {
      name: 'stop',
      messages: question,
      whole: {
        object: 'text_completion',
        id: '',
        choices: [{ index: 0, message: { role: 'assistant', content: 'OK!' }, finish_reason: 'eos_token' }],
        usage: { prompt_tokens: 39, completion_tokens: 3, total_tokens: 42 },
      },
      stream: events(
        chunk({ content: 'OK' }, null, 1),
        chunk({ content: '!' }, null, 2),
        chunk({ content: '' }, 'eos_token', 3),
      ),
      expected: { text: 'OK!', stopReason: 'end_turn', rawStopReason: 'eos_token', usage: counts(39, 3) },
      expectedOfStream: { usage: undefined },
    },
    {
      name: 'a tool call as an object, with arguments as an object',
      messages: question,
      options: { tools: [weatherTool] },
      whole: {
        id: '',
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              tool_calls: [
                { id: 0, type: 'function', function: { name: 'get_weather', arguments: { city: 'Zürich' } } },
              ],
            },
            finish_reason: 'eos_token',
          },
        ],
        usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
      },
      stream: events(
        chunk({
          tool_calls: { index: 0, id: '', type: 'function', function: { name: 'get_weather', arguments: '{"city"' } },
        }),
        chunk({
          tool_calls: {
            index: 0,
            id: '',
            type: 'function',
            function: { name: 'get_weather', arguments: ':"Zürich"}' },
          },
        }),
        chunk({ content: '' }, 'eos_token'),
      ),
      expected: {
        text: '',
        toolCalls: [{ name: 'get_weather', input: { city: 'Zürich' } }],
        stopReason: 'tool_use',
        rawStopReason: 'eos_token',
        usage: counts(10, 5),
      },
      expectedOfStream: { usage: undefined },
    },
    {
      name: 'a tool call without any end',
      messages: question,
      options: { tools: [weatherTool] },
      stream: events(
        chunk({
          tool_calls: { index: 0, id: '0', type: 'function', function: { name: 'get_weather', arguments: '{"city"' } },
        }),
        chunk({
          tool_calls: { index: 0, id: '0', type: 'function', function: { name: null, arguments: ':"Zürich"}' } },
        }),
      ),
      expected: {
        text: '',
        toolCalls: [{ name: 'get_weather', input: { city: 'Zürich' } }],
        stopReason: 'tool_use',
        rawStopReason: undefined,
        usage: undefined,
      },
    },
  ],
}
