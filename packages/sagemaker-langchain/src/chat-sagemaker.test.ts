import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { getRetryable } from '@langchain/core/errors'
import { AIMessage, AIMessageChunk, HumanMessage, RemoveMessage, ToolMessage } from '@langchain/core/messages'
import { SagemakerError, SagemakerLLM } from '@x/sagemaker-llm'
import { type LocalRuntime, pause, scripted, serviceError, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ChatSagemaker } from './chat-sagemaker.ts'
import { joined } from './test-support/joined.ts'
import { openaiAnswer, type OpenAIRequest, textEvents } from './test-support/openai-answer.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      'my-answer': scripted((request) => openaiAnswer(request, { text: 'Paris is the capital.' })),
      'my-reasoning': scripted((request) =>
        openaiAnswer(request, { reasoning: 'France, then.', text: 'It is Paris.' }),
      ),
      'my-cut-call': scripted((request) =>
        openaiAnswer(request, {
          calls: [
            { id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' },
            { id: 'call_2', name: 'weather', arguments: '{"city":"Par' },
          ],
          finishReason: 'length',
        }),
      ),
      'my-untold': scripted((request) => openaiAnswer(request, { text: 'Hello.', usage: undefined })),
      'my-endless': scripted(() => stream([...textEvents('One', ' two'), stall()])),
      'my-broken': scripted(() => stream([...textEvents('One', ' two'), pause(5)])),
      'my-refusal': scripted(() => serviceError('ServiceUnavailable')),
    },
  })
})

afterAll(() => runtime.close())

function chat(model: string, options: object = {}): ChatSagemaker {
  return new ChatSagemaker({ model, endpoint: runtime.url, retry: { baseDelayMs: 1 }, ...options })
}

function sent(): OpenAIRequest {
  return runtime.requests.at(-1)?.json() as OpenAIRequest
}

test('what is not given is left to the container', async () => {
  await chat('my-answer').invoke('Hi')
  expect(sent()).toEqual({ messages: [{ role: 'user', content: 'Hi' }], stream: false })
})

test('options of the object are sent, and those of a call override them', async () => {
  const model = chat('my-answer', { temperature: 0.5, maxTokens: 9, topP: 0.9, stop: ['x'] })
  await model.invoke('Hi')
  expect(sent()).toMatchObject({ temperature: 0.5, max_tokens: 9, top_p: 0.9, stop: ['x'] })
  await model.invoke('Hi', { temperature: 0, maxTokens: 3, stop: ['y'] })
  expect(sent()).toMatchObject({ temperature: 0, max_tokens: 3, top_p: 0.9, stop: ['y'] })
})

test('invoke and stream give the same message, tokens and ending once', async () => {
  const whole = await chat('my-answer').invoke('Hi')
  const message = await joined(await chat('my-answer').stream('Hi'))
  for (const one of [whole, message]) {
    expect(one).toBeInstanceOf(AIMessageChunk)
    expect(one.content).toBe('Paris is the capital.')
    expect(one.usage_metadata).toMatchObject({
      input_tokens: 21,
      output_tokens: 9,
      total_tokens: 30,
      input_token_details: { cache_read: 5 },
      output_token_details: { reasoning: 2 },
    })
    expect(one.response_metadata).toMatchObject({
      model_provider: 'sagemaker',
      finish_reason: 'stop',
      stop_reason: 'end_turn',
      raw_stop_reason: 'stop',
    })
  }
  expect(message.response_metadata).toMatchObject({ id: 'chatcmpl-1', model_name: 'served-model' })
})

test('reasoning and text are blocks of their own, streamed and whole', async () => {
  const blocks = [
    { type: 'reasoning', reasoning: 'France, then.' },
    { type: 'text', text: 'It is Paris.' },
  ]
  const whole = await chat('my-reasoning').invoke('Hi')
  const message = await joined(await chat('my-reasoning').stream('Hi'))
  for (const one of [whole, message]) {
    expect(one.contentBlocks).toMatchObject(blocks)
    expect(one.contentBlocks).toHaveLength(2)
    expect(one.text).toBe('It is Paris.')
  }
})

test('a tool call that is cut off is in invalid_tool_calls and in no other list', async () => {
  const whole = await chat('my-cut-call').invoke('Hi')
  const message = await joined(await chat('my-cut-call').stream('Hi'))
  for (const one of [whole, message]) {
    expect(one.tool_calls).toEqual([{ type: 'tool_call', id: 'call_1', name: 'weather', args: { city: 'Oslo' } }])
    expect(one.invalid_tool_calls).toEqual([
      {
        type: 'invalid_tool_call',
        id: 'call_2',
        name: 'weather',
        args: '{"city":"Par',
        error: 'The arguments were cut off by the limit on tokens.',
      },
    ])
  }
})

test('a service that is unavailable is asked three times, by invoke, batch and stream', async () => {
  const model = chat('my-refusal')
  const hits = (): number => runtime.requests.filter(({ endpointName }) => endpointName === 'my-refusal').length
  await expect(model.invoke('Hi')).rejects.toMatchObject({ code: 'service-unavailable' })
  expect(hits()).toBe(3)
  await expect(model.batch(['Hi'])).rejects.toMatchObject({ code: 'service-unavailable' })
  expect(hits()).toBe(6)
  await expect(model.stream('Hi')).rejects.toMatchObject({ code: 'service-unavailable' })
  expect(hits()).toBe(9)
})

test('leaving a stream closes the socket at once', async () => {
  for await (const chunk of await chat('my-endless').stream('Hi')) {
    expect(chunk.text).toBe('One')
    break
  }
  const left = performance.now()
  while (runtime.requests.at(-1)?.outcome === 'pending' && performance.now() - left < 5_000) await setTimeout(1)
  expect(runtime.requests.at(-1)?.outcome).toBe('aborted')
  expect(performance.now() - left).toBeLessThan(1_000)
})

test('a signal that is aborted sends nothing; one that aborts ends the stream', async () => {
  const count = runtime.requests.length
  const signal = AbortSignal.abort()
  await expect(chat('my-answer').invoke('Hi', { signal })).rejects.toThrow(/abort/i)
  await expect(async () => joined(await chat('my-answer').stream('Hi', { signal }))).rejects.toThrow(/abort/i)
  expect(runtime.requests).toHaveLength(count)

  const controller = new AbortController()
  const reading = async (): Promise<void> => {
    for await (const _ of await chat('my-endless').stream('Hi', { signal: controller.signal })) controller.abort()
  }
  await expect(reading()).rejects.toMatchObject({ name: 'AbortError' })
})

test('a stream that breaks off throws after what had come', async () => {
  const texts: string[] = []
  const reading = async (): Promise<void> => {
    for await (const chunk of await chat('my-broken').stream([new HumanMessage('Hi')])) texts.push(chunk.text)
  }
  const error = await reading().catch((thrown: unknown) => thrown)
  expect(SagemakerError.is(error) && error.code).toBe('stream-interrupted')
  expect(texts).toEqual(['One', ' two'])
})

test('a time limit of the call ends it', async () => {
  await expect(chat('my-answer').invoke('Hi', { timeout: 5_000 })).resolves.toBeDefined()
  const reading = async (): Promise<unknown> => joined(await chat('my-endless').stream('Hi', { timeout: 100 }))
  await expect(reading()).rejects.toMatchObject({
    name: expect.stringMatching(/^(?:AbortError|TimeoutError)$/) as string,
  })
})

test('an existing model keeps its options, those given here override them, and it stays open', async () => {
  const llm = new SagemakerLLM({ endpointName: 'my-answer', endpoint: runtime.url, temperature: 0.9, topP: 0.5 })
  const model = new ChatSagemaker({ llm, temperature: 0, stop: ['x'] })
  expect(model.llm).toBe(llm)
  await model.invoke('Hi')
  expect(sent()).toMatchObject({ temperature: 0, top_p: 0.5, stop: ['x'], max_tokens: 512 })
  model.close()
  expect((await model.invoke('Hi')).text).toBe('Paris is the capital.')
})

test('what an answer does not say of its tokens is not made up', async () => {
  const message = await chat('my-untold').invoke('Hi')
  expect(message.usage_metadata).toBeUndefined()
  expect((await joined(await chat('my-untold').stream('Hi'))).usage_metadata).toBeUndefined()
})

test('what a container cannot be told is in the metadata, as a warning', async () => {
  const earlier = new AIMessage({
    content: [
      { type: 'reasoning', reasoning: 'Hm.' },
      { type: 'text', text: 'Hello.' },
    ],
  })
  const message = await chat('my-answer').invoke([earlier, new HumanMessage('Hi')])
  const warnings = [{ message: 'reasoningContent of earlier turns was not sent' }]
  expect(message.response_metadata).toMatchObject({ warnings })
})

test('errors tell middleware of LangChain whether they are retryable', async () => {
  const failures = await Promise.all([
    chat('my-refusal')
      .invoke('Hi')
      .catch((error: unknown) => error),
    chat('my-answer')
      .invoke([new RemoveMessage({ id: 'a' })])
      .catch((error: unknown) => error),
    joined(await chat('my-broken').stream('Hi')).catch((error: unknown) => error),
  ])
  expect(failures.map((error) => getRetryable(error))).toEqual([true, false, true])
})

test('the tokens of a stream reach handlers with their chunks, in order', async () => {
  const tokens: string[] = []
  const handler = BaseCallbackHandler.fromMethods({
    handleLLMNewToken: (token, _index, _run, _parent, _tags, fields) => {
      tokens.push(token)
      expect(fields?.chunk?.text).toBe(token)
    },
  })
  const message = await joined(await chat('my-answer').stream('Hi', { callbacks: [handler] }))
  expect(tokens.join('')).toBe(message.text)
  expect(tokens.at(-1)).toBe('')
})

test('the limit on concurrent calls is that of the endpoint', async () => {
  const model = chat('my-answer', { maxConcurrency: 'adaptive' })
  expect((await model.batch(['Hi', 'Hello'])).map(({ text }) => text)).toEqual(Array(2).fill('Paris is the capital.'))
})

test('an image that a tool returned is sent in a message of the user after all results', async () => {
  const calls = ['call_1', 'call_2'].map((id) => ({ id, name: 'draw', args: {} }))
  const image = { type: 'image_url', image_url: { url: 'https://example.com/chart.png' } }
  await chat('my-answer').invoke([
    new HumanMessage('Draw.'),
    new AIMessage({ content: '', tool_calls: calls }),
    new ToolMessage({ content: [{ type: 'text', text: 'A chart.' }, image], tool_call_id: 'call_1' }),
    new ToolMessage({ content: 'Nothing.', tool_call_id: 'call_2' }),
  ])
  expect(sent().messages.slice(2)).toEqual([
    { role: 'tool', tool_call_id: 'call_1', content: 'A chart.' },
    { role: 'tool', tool_call_id: 'call_2', content: 'Nothing.' },
    { role: 'user', content: [image] },
  ])
})
