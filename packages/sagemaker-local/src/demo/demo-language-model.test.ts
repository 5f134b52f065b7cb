import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  ModelError,
} from '@aws-sdk/client-sagemaker-runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoLanguageModel, startLocalRuntime, type LocalRuntime } from '../index.ts'
import type { ModelAnswer } from '../test-support/model-answer.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      tgi: demoLanguageModel(),
      openai: demoLanguageModel({ format: 'openai' }),
      tiny: demoLanguageModel({ contextWindow: 10 }),
    },
  })
})
afterAll(() => runtime.close())

const request = (endpointName: string, body: unknown) => ({
  EndpointName: endpointName,
  ContentType: 'application/json',
  Body: typeof body === 'string' ? body : JSON.stringify(body),
})

async function invoke(endpointName: string, body: unknown): Promise<ModelAnswer & [ModelAnswer]> {
  const { Body } = await sdkClient(runtime).send(new InvokeEndpointCommand(request(endpointName, body)))
  return JSON.parse(Body.transformToString())
}

async function refusal(
  endpointName: string,
  body: unknown,
): Promise<{ status: number | undefined; body: string | undefined }> {
  const error: unknown = await invoke(endpointName, body).catch((error: unknown) => error)
  if (!(error instanceof ModelError)) throw error
  return { status: error.OriginalStatusCode, body: error.OriginalMessage }
}

/** The data of each server-sent event of a stream: JSON is parsed, the end marker stays text. */
async function streamEvents(endpointName: string, body: object): Promise<ModelAnswer[]> {
  const output = await sdkClient(runtime).send(
    new InvokeEndpointWithResponseStreamCommand(request(endpointName, { ...body, stream: true })),
  )
  expect(output.ContentType).toBe('text/event-stream')
  const { parts, error } = await readParts(output.Body)
  expect(error).toBeUndefined()
  return parts
    .join('')
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => event.replace(/^data: /, ''))
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)))
}

describe('tgi, inputs', () => {
  test('continues a prompt sensibly', async () => {
    const [answer] = await invoke('tgi', { inputs: 'The capital of France is', parameters: { max_new_tokens: 2 } })
    expect(answer).toEqual({ generated_text: ' Paris,' })
  })

  test('details tell the truth about a limit', async () => {
    const [{ details, generated_text: text }] = await invoke('tgi', {
      inputs: 'The sea',
      parameters: { max_new_tokens: 5, details: true },
    })
    expect(details).toMatchObject({ finish_reason: 'length', generated_tokens: 5, seed: null, prefill: [] })
    expect(details.tokens.map((token: { text: string }) => token.text).join('')).toBe(text)
    expect(details.tokens[0]).toEqual({
      id: expect.any(Number),
      text: ' is',
      logprob: expect.any(Number),
      special: false,
    })
    expect(details.tokens.every(({ logprob }: { logprob: number }) => logprob <= 0)).toBe(true)
  })

  test('the end of the text is a special token that counts, but is no text', async () => {
    const [{ details, generated_text: text }] = await invoke('tgi', {
      inputs: 'Tell me a joke',
      parameters: { max_new_tokens: 500, details: true },
    })
    expect(details.finish_reason).toBe('eos_token')
    expect(details.tokens.at(-1)).toMatchObject({ text: '</s>', special: true })
    expect(details.tokens).toHaveLength(details.generated_tokens)
    expect(text).not.toContain('</s>')
  })

  test('a stop sequence ends the answer and stays in it', async () => {
    const [{ details, generated_text: text }] = await invoke('tgi', {
      inputs: 'The sea',
      parameters: { max_new_tokens: 100, stop: ['.'], details: true },
    })
    expect(details.finish_reason).toBe('stop_sequence')
    expect(text).toBe(' is never quite still.')
  })

  test('the same seed gives the same text, another seed another one, no seed the same again', async () => {
    const sample = async (seed?: number) =>
      (await invoke('tgi', { inputs: 'The sea', parameters: { max_new_tokens: 60, temperature: 1.5, seed } }))[0]
    const [first, again, other, unseeded, unseededAgain] = await Promise.all([
      sample(7),
      sample(7),
      sample(8),
      sample(),
      sample(),
    ])
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(unseededAgain).toEqual(unseeded)
  })

  test('return_full_text puts the prompt before the answer', async () => {
    const [answer] = await invoke('tgi', {
      inputs: 'The capital of France is',
      parameters: { max_new_tokens: 1, return_full_text: true },
    })
    expect(answer.generated_text).toBe('The capital of France is Paris')
  })

  test('a stream has one event per token; the last has the whole text and the details', async () => {
    const parameters = { max_new_tokens: 4, details: true, temperature: 0.5, seed: 3 }
    const events = await streamEvents('tgi', { inputs: 'The sea', parameters })
    expect(events.map(({ index }) => index)).toEqual([1, 2, 3, 4])
    expect(events.slice(0, -1).every((event) => event.generated_text === null && event.details === null)).toBe(true)
    const text = events.map(({ token }) => token.text).join('')
    expect(events.at(-1)).toMatchObject({
      generated_text: text,
      details: { finish_reason: 'length', generated_tokens: 4, seed: 3, input_length: 2 },
    })
    expect((await invoke('tgi', { inputs: 'The sea', parameters }))[0].generated_text).toBe(text)
  })

  test('a stream without details has none', async () => {
    const events = await streamEvents('tgi', { inputs: 'The sea', parameters: { max_new_tokens: 2 } })
    expect(events.at(-1)).toMatchObject({ generated_text: expect.any(String), details: null })
  })

  test('an InvokeEndpoint with stream: true gets the whole event stream as its body', async () => {
    const output = await sdkClient(runtime).send(
      new InvokeEndpointCommand(request('tgi', { inputs: 'The sea', parameters: { max_new_tokens: 2 }, stream: true })),
    )
    expect(output.ContentType).toBe('text/event-stream')
    expect(output.Body.transformToString().match(/^data: /gm)).toHaveLength(2)
  })

  test.each([
    [{ temperature: 0 }, '`temperature` must be strictly positive'],
    [{ top_p: 1 }, '`top_p` must be > 0.0 and < 1.0'],
    [{ top_k: 0 }, '`top_k` must be strictly positive'],
    [{ max_new_tokens: 0 }, '`max_new_tokens` must be strictly positive'],
    [{ repetition_penalty: 0 }, '`repetition_penalty` must be strictly positive'],
    [{ stop: ['a', 'b', 'c', 'd', 'e'] }, '`stop` supports up to 4 stop sequences. Given: 5'],
  ])('refuses %j', async (parameters, message) => {
    const content = { error: `Input validation error: ${message}`, error_type: 'validation' }
    expect(await refusal('tgi', { inputs: 'The sea', parameters })).toEqual({
      status: 422,
      body: JSON.stringify(content),
    })
    expect(await streamEvents('tgi', { inputs: 'The sea', parameters })).toEqual([content])
  })

  test('refuses more tokens than the context has', async () => {
    expect(await refusal('tiny', { inputs: 'one two three', parameters: { max_new_tokens: 20 } })).toEqual({
      status: 422,
      body: '{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 10. Given: 3 `inputs` tokens and 20 `max_new_tokens`","error_type":"validation"}',
    })
    expect((await refusal('tiny', { inputs: 'a b c d e f g h i j k' })).body).toContain(
      '`inputs` must have less than 10 tokens. Given: 11',
    )
  })

  test.each([
    ['no JSON', '{"inputs', 400, /^Failed to parse the request body as JSON: /],
    ['another shape', { input: 'x' }, 422, /did not match any variant of untagged enum SagemakerRequest$/],
    ['a field of the wrong type', { inputs: 'x', parameters: { top_k: 'many' } }, 422, /untagged enum/],
  ])('refuses %s', async (_, body, status, message) => {
    expect(await refusal('tgi', body)).toEqual({ status, body: expect.stringMatching(message) })
  })

  test('refuses another content type', async () => {
    const error: unknown = await sdkClient(runtime)
      .send(new InvokeEndpointCommand({ EndpointName: 'tgi', Body: '{"inputs":"x"}', ContentType: 'text/plain' }))
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ name: 'ModelError', OriginalStatusCode: 415 })
  })
})

describe('tgi, messages', () => {
  const messages = [{ role: 'user', content: 'Why is the sky blue?' }]

  test('replies on the topic of the last message', async () => {
    const answer = await invoke('tgi', { messages, max_tokens: 30, temperature: 0 })
    expect(answer).toMatchObject({
      object: 'chat.completion',
      id: '',
      model: 'demo',
      choices: [{ index: 0, finish_reason: 'length', message: { role: 'assistant' } }],
      usage: { prompt_tokens: 10, completion_tokens: 30, total_tokens: 40 },
    })
    expect(answer.choices[0].message.content).toMatch(/^The sky is blue because the air scatters blue light/)
  })

  test('a follow-up is answered with something new', async () => {
    const first = await invoke('tgi', { messages, temperature: 0 })
    const conversation = [...messages, first.choices[0].message, { role: 'user', content: 'Tell me more' }]
    const second = await invoke('tgi', { messages: conversation, temperature: 0 })
    expect(second.choices[0].message.content).not.toBe(first.choices[0].message.content)
  })

  test('a stream ends with an empty delta, the usage if asked for, and [DONE]', async () => {
    const body = { messages: [{ role: 'user', content: 'Tell me a joke' }], stream_options: { include_usage: true } }
    const events = await streamEvents('tgi', { ...body, temperature: 0 })
    expect(events.at(-1)).toBe('[DONE]')
    const usage = { prompt_tokens: 8, completion_tokens: events.length - 2, total_tokens: events.length + 6 }
    expect(events.at(-2)).toMatchObject({ choices: [], usage })
    expect(events.at(-3)!.choices[0]).toMatchObject({ delta: { content: '' }, finish_reason: 'stop' })
    expect(events[0]).toMatchObject({ usage: null, choices: [{ delta: { role: 'assistant' }, finish_reason: null }] })
  })

  test('a refusal of a stream comes as an event', async () => {
    expect(await streamEvents('tgi', { messages, top_p: 2 })).toEqual([
      { error: { message: 'Input validation error: `top_p` must be > 0.0 and < 1.0', http_status_code: 422 } },
      '[DONE]',
    ])
    expect((await refusal('tgi', { messages, top_p: 2 })).status).toBe(422)
  })
})

describe('tgi, prompt', () => {
  test('completes several prompts, in a stream one after the other', async () => {
    const body = { prompt: ['The capital of France is', 'The sea'], max_tokens: 2, temperature: 0 }
    const answer = await invoke('tgi', body)
    expect(answer.choices.map(({ text }: { text: string }) => text)).toEqual([' Paris,', ' is never'])
    expect(answer.usage).toEqual({ prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 })
    const events = await streamEvents('tgi', body)
    expect(
      events.slice(0, -1).map(({ choices: [choice] }) => [choice.index, choice.text, choice.finish_reason]),
    ).toEqual([
      [0, ' Paris', ''],
      [0, ',', 'length'],
      [1, ' is', ''],
      [1, ' never', 'length'],
    ])
  })
})

describe('openai', () => {
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Tell me a joke' }] }]

  test('chats', async () => {
    const answer = await invoke('openai', { messages, temperature: 0 })
    expect(answer).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      choices: [{ finish_reason: 'stop', stop_reason: null, message: { role: 'assistant', tool_calls: [] } }],
    })
    expect(answer.choices[0].message.content).toMatch(/^A good joke needs two things.*himself\.$/)
  })

  test('a stop sequence is cut off and named, in a stream, too', async () => {
    const body = { messages, temperature: 0, stop: 'jok' }
    const answer = await invoke('openai', body)
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'stop',
      stop_reason: 'jok',
      message: { content: 'A good ' },
    })
    const events = await streamEvents('openai', { ...body, stream_options: { include_usage: true } })
    expect(events[0]!.choices[0].delta).toEqual({ role: 'assistant', content: '' })
    expect(events.map((event) => event.choices?.[0]?.delta.content ?? '').join('')).toBe('A good ')
    expect(events.at(-3)!.choices[0]).toMatchObject({ finish_reason: 'stop', stop_reason: 'jok' })
    expect(events.at(-2)).toMatchObject({ choices: [], usage: answer.usage })
    expect(events.at(-1)).toBe('[DONE]')
  })

  test('completes with 16 tokens unless told', async () => {
    const answer = await invoke('openai', { prompt: 'The sea', temperature: 0 })
    expect(answer).toMatchObject({ object: 'text_completion', usage: { completion_tokens: 16 } })
    expect(answer.choices[0].finish_reason).toBe('length')
  })

  test.each([
    [{ messages, temperature: -1 }, 400, 'temperature must be non-negative, got -1.'],
    [{ messages, model: 'x' }, 404, 'The model `x` does not exist.'],
    [
      { messages, max_tokens: 5000 },
      400,
      /^This model's maximum context length is 4096 tokens\. However, you requested 5008 tokens/,
    ],
    [{ messages, stream_options: {} }, 400, 'Stream options can only be defined when `stream=True`.'],
    [{ inputs: 'x' }, 400, /^Cannot find suitable handler for request/],
    [{ messages: 'x' }, 400, /messages/],
  ])('refuses %j', async (body, status, message) => {
    const refused = await refusal('openai', body)
    expect(refused.status).toBe(status)
    expect(JSON.parse(refused.body ?? '')).toEqual({
      error: { message: expect.stringMatching(message), type: expect.any(String), param: null, code: status },
    })
  })
})

test('a pace spreads a stream over time', async () => {
  await using paced = await startLocalRuntime({ endpoints: { llm: demoLanguageModel({ tokensPerSecond: 100 }) } })
  const started = performance.now()
  const output = await sdkClient(paced).send(
    new InvokeEndpointWithResponseStreamCommand(
      request('llm', { inputs: 'The sea', parameters: { max_new_tokens: 10 }, stream: true }),
    ),
  )
  expect((await readParts(output.Body)).parts).toHaveLength(10)
  expect(performance.now() - started).toBeGreaterThan(80)
})
