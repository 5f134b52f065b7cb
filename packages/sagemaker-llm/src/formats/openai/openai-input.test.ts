import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { modelMessages } from '../../call/write-model-call.ts'
import { readOpenAIChat, readOpenAICompletion, readOpenAIInput } from './openai-input.ts'
import { openaiBody } from './openai-request.ts'

const hello = { role: 'user', content: 'Hi' }

/** What a request becomes for a container that speaks OpenAI's format, too. */
function roundTrip(body: object): unknown {
  const { messages, options, stream, model } = readOpenAIChat(body)
  const call = {
    ...options,
    temperature: options.temperature ?? undefined,
    maxNewTokens: options.maxNewTokens ?? undefined,
    messages: modelMessages(messages),
    stream,
    modelName: model,
  }
  return JSON.parse(
    JSON.stringify(openaiBody(call, { handlerName: 'openai', reasoningField: 'reasoning_content' }).body),
  )
}

describe('a chat completion request is read and written as it was', () => {
  const weather = {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'The weather in a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
      strict: true,
    },
  }
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AQL/' } }

  test.each<[string, object]>([
    ['a question', { messages: [hello] }],
    ['roles', { messages: [{ role: 'system', content: 'Be brief.' }, hello, { role: 'assistant', content: 'Hi!' }] }],
    ['images', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Look' }, image] }] }],
    [
      'an image by address',
      {
        messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }],
      },
    ],
    [
      'a round trip of tools',
      {
        messages: [
          hello,
          {
            role: 'assistant',
            content: null,
            reasoning_content: 'Which city?',
            tool_calls: [
              { id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Bern"}' } },
              { id: 'c2', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Rome"}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'sun' },
          { role: 'tool', tool_call_id: 'c2', content: 'rain' },
        ],
        tools: [weather],
        tool_choice: 'required',
        parallel_tool_calls: false,
      },
    ],
    [
      'every option',
      {
        model: 'm',
        messages: [hello],
        temperature: 0,
        top_p: 0.5,
        top_k: 5,
        max_tokens: 7,
        stop: ['END'],
        seed: 3,
        presence_penalty: 0.5,
        frequency_penalty: -0.5,
        reasoning_effort: 'low',
        logprobs: true,
        top_logprobs: 2,
        logit_bias: { 50256: -100 },
      },
    ],
    ['any JSON', { messages: [hello], response_format: { type: 'json_object' } }],
    [
      'JSON by a schema',
      {
        messages: [hello],
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'city', description: 'A city', schema: { type: 'object' }, strict: true },
        },
      },
    ],
    [
      'a named tool',
      { messages: [hello], tools: [weather], tool_choice: { type: 'function', function: { name: 'get_weather' } } },
    ],
  ])('%s', (_, body) => {
    expect(roundTrip(body)).toEqual({ ...body, stream: false })
  })
})

describe('other spellings', () => {
  test('null is not given, and nothing of ours is added', () => {
    const body = { messages: [hello], temperature: null, max_tokens: null, stop: null, tools: null, tool_choice: null }
    expect(roundTrip(body)).toEqual({ messages: [hello], stream: false })
  })

  test('developer is system, max_completion_tokens wins, one stop string is a list', () => {
    const developer = { role: 'developer', content: [{ type: 'text', text: 'Be brief.' }] }
    const body = { messages: [developer, hello], max_tokens: 5, max_completion_tokens: 7, stop: 'END' }
    expect(roundTrip(body)).toEqual({
      messages: [{ role: 'system', content: 'Be brief.' }, hello],
      max_tokens: 7,
      stop: ['END'],
      stream: false,
    })
  })

  test('what an endpoint cannot do anything with is ignored, what is unknown is told', () => {
    const input = readOpenAIChat({ messages: [hello], user: 'u', metadata: {}, store: true, min_p: 0.1 })
    expect(input.unknownMembers).toEqual({ min_p: 0.1 })
  })

  test('a stream says whether it wants token counts', () => {
    const input = readOpenAIChat({ messages: [hello], stream: true, stream_options: { include_usage: true } })
    expect(input).toMatchObject({ stream: true, includeUsage: true })
  })

  test('a completion has one prompt or several', () => {
    expect(readOpenAICompletion({ prompt: 'Hi', max_tokens: 3 })).toMatchObject({
      prompts: ['Hi'],
      options: { maxNewTokens: 3, temperature: null },
    })
    expect(readOpenAICompletion({ prompt: ['a', 'b'] }).prompts).toEqual(['a', 'b'])
  })
})

describe('a wrong request is refused with the member at fault', () => {
  function pathOf(read: (body: unknown) => unknown, body: unknown): string | undefined {
    try {
      read(body)
    } catch (error) {
      if (SagemakerError.is(error) && error.code === 'invalid-request') return error.path
      throw error
    }
    return 'not refused'
  }
  const withMessage = (message: object): object => ({ messages: [hello, message] })

  test.each<[string, unknown]>([
    ['body', 'text'],
    ['body', [hello]],
    ['messages', {}],
    ['messages', { messages: [] }],
    ['messages', { messages: 'Hi' }],
    ['messages[0]', { messages: ['Hi'] }],
    ['messages[1].role', withMessage({ content: 'Hi' })],
    ['messages[1].role', withMessage({ role: 'function', content: 'Hi' })],
    ['messages[1].content', withMessage({ role: 'user' })],
    ['messages[1].content', withMessage({ role: 'user', content: 3 })],
    ['messages[1].content[0].type', withMessage({ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] })],
    [
      'messages[1].content[0].image_url.url',
      withMessage({ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }] }),
    ],
    ['messages[1].tool_call_id', withMessage({ role: 'tool', content: 'sun' })],
    [
      'messages[1].tool_calls[0].function.arguments',
      withMessage({ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{' } }] }),
    ],
    ['messages[1].function_call', withMessage({ role: 'assistant', function_call: {} })],
    ['temperature', { messages: [hello], temperature: '0' }],
    ['max_tokens', { messages: [hello], max_tokens: 1.5 }],
    ['stop', { messages: [hello], stop: [1] }],
    ['n', { messages: [hello], n: 2 }],
    ['functions', { messages: [hello], functions: [] }],
    ['tools[0].type', { messages: [hello], tools: [{ type: 'web_search' }] }],
    ['tools[0].function.name', { messages: [hello], tools: [{ type: 'function', function: {} }] }],
    ['tool_choice', { messages: [hello], tool_choice: 'always' }],
    ['response_format.type', { messages: [hello], response_format: { type: 'xml' } }],
  ])('%s: %j', (path, body) => {
    expect(pathOf(readOpenAIChat, body)).toBe(path)
  })

  test.each<[string, unknown]>([
    ['prompt', {}],
    ['prompt', { prompt: [1, 2, 3] }],
    ['suffix', { prompt: 'Hi', suffix: '!' }],
    ['echo', { prompt: 'Hi', echo: true }],
    ['best_of', { prompt: 'Hi', best_of: 2 }],
  ])('%s of a completion: %j', (path, body) => {
    expect(pathOf(readOpenAICompletion, body)).toBe(path)
  })

  test('several prompts where one answer is wanted', () => {
    expect(pathOf(readOpenAIInput, { prompt: ['a', 'b'] })).toBe('prompt')
  })

  test('no text of a message is in the error', () => {
    expect(() => readOpenAIChat(withMessage({ role: 'secret words', content: 'secret words' }))).not.toThrow('secret')
    expect(() => readOpenAIChat(withMessage({ role: 'secret words', content: 'secret words' }))).toThrow('messages[1]')
  })
})
