import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoLanguageModel, startLocalRuntime, type LocalRuntime } from '../../index.ts'
import { callEndpoint, callRefused, callStreamed } from '../../test-support/call-endpoint.ts'
import { languageFormats, type LanguageFormat } from './language-formats.ts'

let runtime: LocalRuntime
const formats = Object.keys(languageFormats) as LanguageFormat[]

beforeAll(async () => {
  const endpoints = formats.map((format) => [format, demoLanguageModel({ format })] as const)
  runtime = await startLocalRuntime({
    endpoints: {
      ...Object.fromEntries(endpoints),
      thinking: demoLanguageModel({ format: 'openai', reasoning: 'separate' }),
      'thinking-aloud': demoLanguageModel({ format: 'openai', reasoning: 'inline' }),
      'tgi-thinking': demoLanguageModel({ reasoning: 'inline' }),
    },
  })
})
afterAll(() => runtime.close())

const call = (format: LanguageFormat, body: unknown) => callEndpoint(runtime, format, body)
const sky = [{ role: 'user', content: 'Why is the sky blue?' }]
const joke = [{ role: 'user', content: 'Tell me a joke' }]
const blue = 'The sky is blue because'

test.each(formats)('%s answers its own example', async (format) => {
  const answer = await callEndpoint(runtime, format, languageFormats[format].example, {
    customAttributes: 'accept_eula=true',
  })
  expect(JSON.stringify(answer)).toMatch(/Paris|sky/)
})

describe('lmi', () => {
  test('is an object, stops after 30 tokens unless told, and says so only when asked', async () => {
    expect(await call('lmi', { inputs: 'The sea' })).toEqual({
      generated_text: expect.stringMatching(/^ is never quite still\./),
    })
    const detailed = await call('lmi', { inputs: 'The sea', parameters: { details: true, do_sample: true, seed: 3 } })
    expect(detailed).toMatchObject({ details: { finish_reason: 'length', generated_tokens: 30, inputs: 'The sea' } })
  })

  test('leaves a stop sequence out, by either name, and calls it eos_token', async () => {
    for (const name of ['stop_sequences', 'stop']) {
      const parameters = { [name]: [' still'], details: true }
      expect(await call('lmi', { inputs: 'The sea', parameters })).toMatchObject({
        generated_text: ' is never quite',
        details: {
          finish_reason: 'eos_token',
          tokens: [{ id: expect.any(Number), text: ' is', log_prob: expect.any(Number) }, {}, {}, {}],
        },
      })
    }
  })

  test('streams JSON lines, the last with the whole text and no end marker', async () => {
    const parameters = { max_new_tokens: 3, details: true }
    const { contentType, parts } = await callStreamed(runtime, 'lmi', { inputs: 'The sea', parameters })
    expect(contentType).toBe('application/jsonlines')
    expect(parts.map((part) => JSON.parse(part))).toMatchObject([
      { token: { text: ' is' } },
      { token: { text: ' never' } },
      {
        token: { text: ' quite' },
        generated_text: ' is never quite',
        details: { finish_reason: 'length', generated_tokens: 3, inputs: 'The sea' },
      },
    ])
    expect(parts[0]).not.toContain('generated_text')
  })

  test('chats with its own finish reasons', async () => {
    expect(await call('lmi', { messages: joke, temperature: 0 })).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-\d+$/),
      choices: [{ finish_reason: 'eos_token', message: { role: 'assistant' } }],
      usage: { prompt_tokens: 8 },
    })
    const { parts } = await callStreamed(runtime, 'lmi', { messages: joke, max_tokens: 2 })
    expect(parts.map((part) => JSON.parse(part).choices[0])).toMatchObject([
      { delta: { content: 'A', role: 'assistant' }, finish_reason: null },
      { delta: { content: ' good' }, finish_reason: 'length' },
    ])
  })

  test('refuses', async () => {
    expect(await callRefused(runtime, 'lmi', { inputs: 'x', parameters: { temperature: -1 } })).toEqual([
      424,
      { code: 424, error: 'temperature must be non-negative, got -1.' },
    ])
    expect(await callRefused(runtime, 'lmi', { input: 'x' })).toEqual([
      424,
      { code: 424, message: 'invoke handler failure', error: expect.stringContaining('Input parsing failed') },
    ])
  })
})

describe('lmi-async', () => {
  test('ignores stop_sequences, and names the stop sequence as finish reason', async () => {
    const stop = async (name: string) => call('lmi-async', { inputs: 'The sea', parameters: { [name]: [' still'] } })
    expect(await stop('stop')).toMatchObject({
      generated_text: ' is never quite',
      details: { finish_reason: ' still', seed: null, prefill: null },
    })
    expect(await stop('stop_sequences')).toMatchObject({ details: { finish_reason: null, generated_tokens: 30 } })
  })

  test('streams token lines, the count one too many, and a blank line', async () => {
    const { parts } = await callStreamed(runtime, 'lmi-async', { inputs: 'The sea', parameters: { max_new_tokens: 2 } })
    expect(parts.at(-1)).toBe('\n')
    expect(parts.slice(0, -1).map((part) => JSON.parse(part))).toMatchObject([
      { index: 0, token: { text: ' is' }, generated_text: null, details: null },
      { generated_text: ' is never', details: { finish_reason: 'length', generated_tokens: 3, input_length: 2 } },
    ])
  })

  test('streams a chat as vLLM does, but as lines, without an end marker', async () => {
    const { contentType, parts } = await callStreamed(runtime, 'lmi-async', {
      messages: sky,
      max_tokens: 3,
      temperature: 0,
    })
    expect(contentType).toBe('application/jsonlines')
    expect(parts.at(-1)).toBe('\n')
    const chunks = parts.slice(0, -1).map((part) => JSON.parse(part))
    expect(chunks.map(({ choices: [{ delta }] }) => delta.content).join('')).toBe('The sky is')
    expect(chunks.at(-1).choices[0].finish_reason).toBe('length')
  })

  test('completes a prompt', async () => {
    expect(await call('lmi-async', { prompt: 'The sea', max_tokens: 2, temperature: 0 })).toMatchObject({
      choices: [{ text: ' is never', finish_reason: 'length' }],
    })
  })

  test('refuses with an error inside of a text', async () => {
    expect(await callRefused(runtime, 'lmi-async', { messages: sky, temperature: -1 })).toEqual([
      500,
      {
        code: 500,
        error:
          "error=ErrorInfo(message='temperature must be non-negative, got -1.', type='BadRequestError', param=None, code=400)",
      },
    ])
    expect(await callRefused(runtime, 'lmi-async', {})).toEqual([
      424,
      {
        code: 424,
        message: 'invoke handler failure',
        error: 'invalid payload. must contain prompt, inputs, or messages',
      },
    ])
  })
})

describe('huggingface', () => {
  test('repeats the prompt unless told not to, and stops after 20 tokens', async () => {
    const inputs = 'The capital of France is'
    expect(await call('huggingface', { inputs })).toEqual([
      { generated_text: expect.stringMatching(/^The capital of France is Paris,/) },
    ])
    const parameters = { return_full_text: false, max_new_tokens: 1, num_return_sequences: 2 }
    expect(await call('huggingface', { inputs: [inputs, 'The sea'], parameters })).toEqual([
      [{ generated_text: ' Paris' }, { generated_text: ' Paris' }],
      [{ generated_text: ' is' }, { generated_text: ' is' }],
    ])
  })

  test('answers messages with the whole conversation', async () => {
    expect(await call('huggingface', { inputs: sky })).toEqual([
      { generated_text: [...sky, { role: 'assistant', content: expect.stringContaining(blue) }] },
    ])
  })

  test('refuses', async () => {
    expect(await callRefused(runtime, 'huggingface', { inputs: 3 })).toEqual([
      400,
      { code: 400, type: 'InternalServerException', message: 'The input must be text, texts or messages' },
    ])
  })
})

describe('jumpstart-llama2', () => {
  const accepted = { customAttributes: 'accept_eula=true' }

  test('wants its licence accepted', async () => {
    expect(await callRefused(runtime, 'jumpstart-llama2', { inputs: [sky] })).toEqual([
      424,
      {
        code: 424,
        message: 'invoke handler failure',
        error: expect.stringMatching(/^Need to pass custom_attributes='accept_eula=true' as part of header\./),
      },
    ])
  })

  test('chats in a batch, completes a text', async () => {
    expect(await callEndpoint(runtime, 'jumpstart-llama2', { inputs: [sky] }, accepted)).toEqual([
      { generation: { role: 'assistant', content: expect.stringContaining(blue) } },
    ])
    const parameters = { max_new_tokens: 1, return_full_text: true }
    expect(await callEndpoint(runtime, 'jumpstart-llama2', { inputs: 'The sea', parameters }, accepted)).toEqual([
      { generation: 'The sea is' },
    ])
  })

  test('wants roles that alternate', async () => {
    const [status] = await callRefused(runtime, 'jumpstart-llama2', { inputs: [[...sky, ...sky]] }, accepted)
    expect(status).toBe(424)
  })
})

test('jumpstart-text2text takes flat parameters, or one text', async () => {
  const texts = ['The capital of France is', 'The sea']
  expect(await call('jumpstart-text2text', { text_inputs: texts, max_length: 2 })).toEqual({
    generated_texts: ['Paris,', 'is never'],
  })
  const text = await callEndpoint(runtime, 'jumpstart-text2text', 'The sea', { contentType: 'application/x-text' })
  expect(text).toEqual({ generated_text: expect.stringMatching(/^is never quite still/) })
  expect((await callRefused(runtime, 'jumpstart-text2text', { inputs: 'x' }))[0]).toBe(400)
})

describe('cohere', () => {
  test('chats, with billed units and its own words for the end', async () => {
    expect(await call('cohere', { message: 'Tell me a joke', temperature: 0 })).toEqual({
      response_id: expect.any(String),
      generation_id: expect.any(String),
      text: expect.stringMatching(/^A good joke/),
      chat_history: [],
      finish_reason: 'COMPLETE',
      meta: { api_version: { version: '1' }, billed_units: { input_tokens: 8, output_tokens: expect.any(Number) } },
    })
    expect(await call('cohere', { message: 'Tell me a joke', max_tokens: 2 })).toMatchObject({
      finish_reason: 'MAX_TOKENS',
    })
    expect(await call('cohere', { message: 'Tell me a joke', stop_sequences: [' joke'] })).toMatchObject({
      text: 'A good',
      finish_reason: 'STOP_SEQUENCE',
    })
  })

  test('streams objects with nothing between them', async () => {
    const { parts } = await callStreamed(runtime, 'cohere', { message: 'Tell me a joke', max_tokens: 2 })
    expect(parts.join('')).toMatch(/\}\{/)
    expect(parts.map((part) => JSON.parse(part))).toMatchObject([
      { is_finished: false, event_type: 'stream-start' },
      { is_finished: false, event_type: 'text-generation', text: 'A' },
      { is_finished: false, event_type: 'text-generation', text: ' good' },
      { is_finished: true, event_type: 'stream-end', finish_reason: 'MAX_TOKENS', response: { text: 'A good' } },
    ])
  })

  test('calls a tool that the message asks for', async () => {
    const parameter_definitions = { city: { type: 'str', required: true }, days: { type: 'int' } }
    const tools = [{ name: 'get_weather', description: 'Weather by city', parameter_definitions }]
    expect(await call('cohere', { message: 'What is the weather in Boston in 3 days?', tools })).toMatchObject({
      text: '',
      finish_reason: 'COMPLETE',
      tool_calls: [{ name: 'get_weather', parameters: { city: 'Boston', days: 3 } }],
    })
  })

  test('generates', async () => {
    expect(
      await call('cohere', { prompt: 'The sea', max_tokens: 2, temperature: 0, num_generations: 2 }),
    ).toMatchObject({
      prompt: 'The sea',
      generations: [{ text: ' is never', finish_reason: 'MAX_TOKENS' }, { text: ' is never' }],
    })
  })

  test.each([
    [{ message: 'x', p: 1 }, 'invalid request: p must be between 0.01 and 0.99 inclusive.'],
    [{ message: '' }, 'invalid request: message must be at least 1 token long.'],
    [{ inputs: 'x' }, 'invalid request: message is required.'],
  ])('refuses %j', async (body, message) => {
    expect(await callRefused(runtime, 'cohere', body)).toEqual([400, { message }])
  })
})

test('ai21 tells the natural end, the limit and a stop apart', async () => {
  const reason = async (body: object) =>
    (await call('ai21', { prompt: 'Tell me a joke', temperature: 0, maxTokens: 200, ...body })) as object
  expect(await reason({})).toMatchObject({ completions: [{ finishReason: { reason: 'endoftext' } }] })
  expect(await reason({ maxTokens: 2 })).toMatchObject({
    completions: [{ finishReason: { reason: 'length', length: 2 } }],
  })
  expect(await reason({ stopSequences: [' never'], numResults: 2 })).toMatchObject({
    prompt: { text: 'Tell me a joke', tokens: { length: 4 } },
    completions: [{ data: { text: ' about programmers is' }, finishReason: { reason: 'stop' } }, {}],
  })
  expect(await callRefused(runtime, 'ai21', {})).toEqual([422, { detail: 'prompt: field required' }])
})

describe('triton', () => {
  const body = { text_input: 'The sea', max_tokens: 3, parameters: { temperature: 0 } }

  test('generates, whole or streamed, with no word about the end', async () => {
    const envelope = { model_name: 'ensemble', model_version: '1' }
    expect(await call('triton', { ...body, stop_words: [' quite'] })).toEqual({ ...envelope, text_output: ' is never' })
    const { contentType, parts } = await callStreamed(runtime, 'triton', body)
    expect(contentType).toBe('text/event-stream')
    expect(parts.map((part) => JSON.parse(part.slice('data: '.length)))).toEqual(
      [' is', ' never', ' quite'].map((text) => ({ ...envelope, text_output: text })),
    )
  })

  test('takes tensors', async () => {
    const inputs = [
      { name: 'text_input', shape: [1, 1], datatype: 'BYTES', data: [['The sea']] },
      { name: 'max_tokens', shape: [1, 1], datatype: 'INT32', data: [2] },
      { name: 'temperature', shape: [1, 1], datatype: 'FP32', data: [0] },
    ]
    expect(await call('triton', { id: '7', inputs })).toMatchObject({
      id: '7',
      outputs: [{ name: 'text_output', datatype: 'BYTES', shape: [1], data: [' is never'] }],
    })
  })

  test('refuses', async () => {
    expect(await callRefused(runtime, 'triton', {})).toEqual([
      400,
      { error: "Unable to find 'text_input' in the request" },
    ])
  })
})

test('bedrock-compat has its envelope', async () => {
  expect(await call('bedrock-compat', { prompt: 'The sea', max_gen_len: 2, temperature: 0 })).toEqual({
    body: { generation: ' is never', prompt_token_count: 2, generation_token_count: 2, stop_reason: 'length' },
    metering: { inputTokenCount: 2, outputTokenCount: 2 },
    content_type: 'application/json',
  })
})

describe('tools', () => {
  const schema = {
    type: 'object',
    properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] }, days: { type: 'integer' } },
  }
  const tools = [
    { type: 'function', function: { name: 'get_weather', description: 'Weather by city', parameters: schema } },
  ]
  const weather = { messages: [{ role: 'user', content: 'What is the weather in New York, in fahrenheit?' }], tools }
  const expected = { city: 'New York', unit: 'fahrenheit', days: 1 }

  test.each(['openai', 'tgi'] as const)('%s calls the tool that is asked for', async (format) => {
    const answer = (await call(format, weather)) as {
      choices: {
        finish_reason: string
        message: { content: unknown; tool_calls: { id: string; function: { name: string; arguments: string } }[] }
      }[]
    }
    const [choice] = answer.choices
    expect(choice?.finish_reason).toBe(format === 'tgi' ? 'stop' : 'tool_calls')
    expect(choice?.message.content).toBeNull()
    const [toolCall] = choice?.message.tool_calls ?? []
    expect(toolCall?.function.name).toBe('get_weather')
    expect(JSON.parse(toolCall?.function.arguments ?? '')).toEqual(expected)
  })

  test.each(['openai', 'tgi'] as const)('%s streams the arguments in fragments', async (format) => {
    const { parts } = await callStreamed(runtime, format, weather)
    const chunks = parts.slice(0, -1).map((part) => JSON.parse(part.slice('data: '.length)))
    const fragments = chunks.flatMap(({ choices: [{ delta }] }) => delta.tool_calls ?? [])
    expect(fragments.length).toBeGreaterThan(3)
    expect(fragments[0].function.name).toBe('get_weather')
    expect(JSON.parse(fragments.map(({ function: { arguments: text } }) => text).join(''))).toEqual(expected)
    const finishReasons = chunks
      .map(({ choices: [choice] }) => choice.finish_reason)
      .filter((reason) => reason !== null)
    expect(finishReasons).toEqual(format === 'tgi' ? [] : ['tool_calls'])
    expect(parts.at(-1)).toBe('data: [DONE]\n\n')
  })

  test('are not used when nobody asks, when they are forbidden, and when their result is there', async () => {
    const text = { choices: [{ message: { tool_calls: [], content: expect.any(String) } }] }
    expect(await call('openai', { messages: sky, tools })).toMatchObject(text)
    expect(await call('openai', { ...weather, tool_choice: 'none' })).toMatchObject(text)
    const result = { role: 'tool', tool_call_id: 'x', content: 'sunny' }
    expect(await call('openai', { ...weather, messages: [...weather.messages, result] })).toMatchObject(text)
  })

  test('are called when the caller insists', async () => {
    const finish = async (tool_choice: unknown) => call('openai', { messages: sky, tools, tool_choice })
    expect(await finish('required')).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] })
    expect(await finish({ type: 'function', function: { name: 'get_weather' } })).toMatchObject({
      choices: [{ finish_reason: 'stop', message: { tool_calls: [{ function: { name: 'get_weather' } }] } }],
    })
  })
})

describe('reasoning', () => {
  test('has its own field', async () => {
    const answer = await callEndpoint(runtime, 'thinking', { messages: sky, temperature: 0 })
    expect(answer).toMatchObject({
      choices: [
        {
          message: {
            content: expect.stringContaining(blue),
            reasoning: expect.stringMatching(/^The user asks about sky and blue\./),
          },
        },
      ],
    })
    const { parts } = await callStreamed(runtime, 'thinking', { messages: sky, temperature: 0 })
    const deltas = parts.slice(0, -1).map((part) => JSON.parse(part.slice('data: '.length)).choices[0].delta)
    expect(deltas.map(({ reasoning = '' }) => reasoning).join('')).toMatch(/^The user asks about sky and blue\./)
    expect(deltas.map(({ content = '' }) => content).join('')).toMatch(/^The sky is blue/)
  })

  test.each(['thinking-aloud', 'tgi-thinking'])('can be part of the text: %s', async (endpoint) => {
    const pattern = /^<think>\nThe user asks about sky and blue\..*\n<\/think>\n\nThe sky is blue/
    const answer = await callEndpoint(runtime, endpoint, { messages: sky, temperature: 0 })
    expect(answer).toMatchObject({ choices: [{ message: { content: expect.stringMatching(pattern) } }] })
    const { parts } = await callStreamed(runtime, endpoint, { messages: sky, temperature: 0 })
    const deltas = parts.slice(0, -1).map((part) => JSON.parse(part.slice('data: '.length)).choices[0].delta)
    expect(deltas.map(({ content = '' }) => content).join('')).toMatch(pattern)
  })
})
