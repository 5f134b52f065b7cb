import { openai } from '../../handlers/openai.ts'
import { counts, events, lines, question, weatherTool, type ContainerFixture } from '../container-fixture.ts'

export const vllmCompletion: ContainerFixture = {
  name: 'vLLM completion',
  handler: openai(),
  cases: [
    {
      name: 'length',
      prompt: 'Say hello:',
      options: { maxNewTokens: 2 },
      request: (stream) => ({
        prompt: 'Say hello:',
        max_tokens: 2,
        temperature: 0.1,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
      }),
      whole: {
        object: 'text_completion',
        choices: [{ index: 0, text: ' Hello wörld', logprobs: null, finish_reason: 'length', stop_reason: null }],
        usage: { prompt_tokens: 3, total_tokens: 5, completion_tokens: 2 },
      },
      stream: events(
        { object: 'text_completion', choices: [{ index: 0, text: ' Hello', finish_reason: null, stop_reason: null }] },
        // TGI's completions say "" for a chunk that is not the last.
        { object: 'text_completion', choices: [{ index: 0, text: ' wör', finish_reason: '' }] },
        { object: 'text_completion', choices: [{ index: 0, text: 'ld', finish_reason: 'length', stop_reason: null }] },
        { choices: [], usage: { prompt_tokens: 3, total_tokens: 5, completion_tokens: 2 } },
        '[DONE]',
      ),
      expected: { text: ' Hello wörld', stopReason: 'max_tokens', rawStopReason: 'length', usage: counts(3, 2) },
    },
    {
      name: 'truncation',
      prompt: 'Say hello:',
      stream: events({ choices: [{ index: 0, text: ' Hello', finish_reason: null }] }),
      errorOfStream: { code: 'stream-interrupted', partialText: ' Hello' },
    },
  ],
}

function sglang(message: object, finish: string): object {
  return {
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish, matched_stop: null }],
  }
}

function sglangChunk(delta: object, finish: string | null = null): object {
  const nothing = { role: null, content: null, reasoning_content: null, tool_calls: null }
  return { choices: [{ index: 0, delta: { ...nothing, ...delta }, finish_reason: finish, matched_stop: null }] }
}

export const sglangChat: ContainerFixture = {
  name: 'SGLang chat',
  handler: openai({ completeAs: 'message' }),
  cases: [
    {
      name: 'stop, for a prompt that is sent as a message',
      prompt: 'Hi',
      options: { maxNewTokens: 9 },
      request: (stream) => ({
        messages: [{ role: 'user', content: 'Hi' }],
        max_tokens: 9,
        temperature: 0.1,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
      }),
      whole: {
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'Hello', tool_calls: null },
            finish_reason: 'stop',
            matched_stop: 151645,
          },
        ],
      },
      stream: events(
        {
          choices: [
            {
              index: 0,
              delta: { role: 'assistant', content: '', reasoning_content: null, tool_calls: null },
              finish_reason: null,
              matched_stop: null,
            },
          ],
        },
        {
          choices: [
            {
              index: 0,
              delta: { role: null, content: 'Hello', reasoning_content: null, tool_calls: null },
              finish_reason: null,
            },
          ],
        },
        {
          choices: [
            {
              index: 0,
              delta: { role: null, content: null, reasoning_content: null, tool_calls: null },
              finish_reason: 'stop',
              matched_stop: 151645,
            },
          ],
        },
        '[DONE]',
      ),
      expected: { text: 'Hello', stopReason: 'end_turn', rawStopReason: 'stop', usage: undefined },
    },
    {
      name: 'stop string',
      messages: question,
      options: { stopSequences: ['\n'] },
      whole: { choices: [{ index: 0, message: { content: 'Hello' }, finish_reason: 'stop', matched_stop: '\n' }] },
      stream: events(
        { choices: [{ index: 0, delta: { content: 'Hello' }, finish_reason: null }] },
        { choices: [{ index: 0, delta: { content: null }, finish_reason: 'stop', matched_stop: '\n' }] },
        '[DONE]',
      ),
      expected: { text: 'Hello', stopReason: 'stop_sequence', rawStopReason: 'stop', usage: undefined },
    },
    {
      name: 'length',
      messages: question,
      whole: sglang({ content: 'Hello' }, 'length'),
      stream: events(sglangChunk({ content: 'Hello' }), sglangChunk({}, 'length'), '[DONE]'),
      expected: { text: 'Hello', stopReason: 'max_tokens', rawStopReason: 'length', usage: undefined },
    },
    {
      name: 'reasoning and a tool call',
      messages: question,
      options: { tools: [weatherTool] },
      whole: sglang(
        {
          content: null,
          reasoning_content: 'Look it up.',
          tool_calls: [
            {
              id: 'call_1',
              index: 0,
              type: 'function',
              function: { name: 'get_weather', arguments: '{"city": "Bern"}' },
            },
          ],
        },
        'tool_calls',
      ),
      stream: events(
        sglangChunk({ reasoning_content: 'Look ' }),
        sglangChunk({ reasoning_content: 'it up.' }),
        sglangChunk({
          tool_calls: [{ id: 'call_1', index: 0, type: 'function', function: { name: 'get_weather', arguments: '' } }],
        }),
        sglangChunk({
          tool_calls: [
            { id: null, index: 0, type: 'function', function: { name: null, arguments: '{"city": "Bern"}' } },
          ],
        }),
        sglangChunk({}, 'tool_calls'),
        '[DONE]',
      ),
      expected: {
        text: '',
        reasoning: 'Look it up.',
        toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: 'Bern' } }],
        stopReason: 'tool_use',
        rawStopReason: 'tool_calls',
        usage: undefined,
      },
    },
    {
      name: 'error before the answer',
      messages: question,
      status: 400,
      whole: { object: 'error', message: 'max_tokens is too large', type: 'BadRequestError', param: null, code: 400 },
      stream: events({
        error: { object: 'error', message: 'max_tokens is too large', type: 'BadRequestError', code: 400 },
      }),
      error: { code: 'invalid-request' },
    },
    {
      name: 'error in the middle',
      messages: question,
      stream: events(sglangChunk({ content: 'Hel' }), {
        error: { message: 'scheduler died', type: 'InternalServerError', code: 500 },
      }),
      errorOfStream: { code: 'model-error', partialText: 'Hel' },
    },
    {
      name: 'truncation',
      messages: question,
      stream: events(sglangChunk({ content: 'Hel' })),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Hel' },
    },
    {
      name: 'filtered',
      messages: question,
      whole: { choices: [{ index: 0, message: { content: '' }, finish_reason: 'content_filter' }] },
      stream: events({ choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] }, '[DONE]'),
      expected: { text: '', stopReason: 'content_filtered', rawStopReason: 'content_filter', usage: undefined },
    },
  ],
}

export const nimAndOthers: ContainerFixture = {
  name: 'NIM, Nova and llama.cpp',
  handler: openai({ reasoningField: 'reasoning' }),
  cases: [
    {
      name: 'continuous counts and unknown members, as JSON lines too',
      messages: question,
      whole: {
        choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
        usage: {
          prompt_tokens: 5,
          completion_tokens: 1,
          total_tokens: 6,
          prompt_tokens_details: { cached_tokens: 4, new: 1 },
          energy: 7,
        },
        timings: { predicted_ms: 12 },
      },
      stream: lines(
        {
          choices: [{ index: 0, delta: { content: 'H' } }],
          usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 },
        },
        { choices: [{ index: 0, delta: { content: 'i' }, finish_reason: 'stop' }], usage: null },
        {
          choices: [],
          usage: {
            prompt_tokens: 5,
            completion_tokens: 1,
            total_tokens: 6,
            prompt_tokens_details: { cached_tokens: 4 },
            energy: 7,
          },
        },
      ),
      expected: {
        text: 'Hi',
        stopReason: 'end_turn',
        rawStopReason: 'stop',
        usage: { ...counts(5, 1), cacheReadTokens: 4 },
      },
    },
    {
      name: 'context too long for llama.cpp',
      messages: question,
      status: 400,
      whole: {
        error: {
          code: 400,
          message: 'request (13392 tokens) exceeds the available context size (8192 tokens), try increasing it',
          type: 'exceed_context_size_error',
          n_prompt_tokens: 13_392,
          n_ctx: 8192,
        },
      },
      error: { code: 'context-length-exceeded' },
    },
  ],
}
