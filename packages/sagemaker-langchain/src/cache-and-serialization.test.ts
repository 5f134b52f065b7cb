import { InMemoryCache } from '@langchain/core/caches'
import { load } from '@langchain/core/load'
import type { AIMessageChunk } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { SagemakerLLM } from '@x/sagemaker-llm'
import { type LocalRuntime, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ChatSagemaker } from './chat-sagemaker.ts'
import { joined } from './test-support/joined.ts'
import { openaiAnswer } from './test-support/openai-answer.ts'

let runtime: LocalRuntime

const secret = 'wJalrXUtnFEMI'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret }

beforeAll(async () => {
  const calls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Os' }]
  const answer = { text: 'I look.', calls, finishReason: 'length' as const }
  runtime = await startLocalRuntime({
    endpoints: {
      demo: scripted((request) => openaiAnswer(request, { text: `Answer ${request.index}` })),
      other: scripted((request) => openaiAnswer(request, { text: `Answer ${request.index}` })),
      cut: scripted((request) => openaiAnswer(request, answer)),
    },
  })
})

afterAll(() => runtime.close())

function chat(options: object = {}): ChatSagemaker {
  return new ChatSagemaker({ model: 'demo', endpoint: runtime.url, region: 'eu-west-1', credentials, ...options })
}

const weather = (schema: z.ZodObject) => tool(() => '', { name: 'weather', description: 'Weather.', schema })
const city = weather(z.object({ city: z.string() }))
const place = weather(z.object({ place: z.string() }))

/** Asks two models, or one twice, that share a cache: whether the second answer came out of it. */
async function isShared(first: object, second: object, one: object = {}, other: object = one): Promise<boolean> {
  const cache = new InMemoryCache(new Map())
  const before = await chat({ cache, ...first }).invoke('Hi', one)
  const after = await chat({ cache, ...second }).invoke('Hi', other)
  return before.text === after.text
}

test('a cached answer is used again by the same model and options, whatever the signal, time limits and credentials', async () => {
  expect(await isShared({}, {})).toBe(true)
  const call = { temperature: 0, tools: [city], stop: ['x'] }
  expect(await isShared({ topP: 0.5 }, { topP: 0.5 }, call, { ...call, signal: new AbortController().signal })).toBe(
    true,
  )
  expect(await isShared({}, { credentials: undefined, retry: { maxAttempts: 1 } })).toBe(true)
})

test.each([
  ['endpoint', {}, { model: 'other' }],
  ['region', {}, { region: 'us-east-1' }],
  ['temperature', {}, { temperature: 0 }],
  ['system prompt', { systemPrompt: 'a' }, { systemPrompt: 'b' }],
  ['custom attribute', { customAttributes: 'a' }, { customAttributes: 'b' }],
  ['additional parameters', { additionalParameters: { a: 1 } }, { additionalParameters: { a: 2 } }],
  ['prompt function', { messagesToPrompt: () => 'a' }, { messagesToPrompt: () => 'b' }],
])('no answer of a model with another %s is used', async (_, first, second) => {
  expect(await isShared(first, second)).toBe(false)
})

test.each([
  ['tool choice', { tools: [city], tool_choice: 'any' }, { tools: [city], tool_choice: 'none' }],
  ['tools', { tools: [city] }, { tools: [place] }],
  ['maximum of tokens', { maxTokens: 1 }, { maxTokens: 2 }],
  ['custom attribute', { customAttributes: 'a' }, { customAttributes: 'b' }],
])('no answer to a call with another %s is used', async (_, one, other) => {
  expect(await isShared({}, {}, one, other)).toBe(false)
})

test('answers of an existing model are used again by the same object only', async () => {
  const options = { endpointName: 'demo', endpoint: runtime.url }
  const [llm, same] = [new SagemakerLLM(options), new SagemakerLLM(options)]
  const cache = new InMemoryCache(new Map())
  const ask = async (one: SagemakerLLM): Promise<string> =>
    (await new ChatSagemaker({ llm: one, cache }).invoke('Hi')).text
  const first = await ask(llm)
  expect(await ask(llm)).toBe(first)
  expect(await ask(same)).not.toBe(first)
})

test('neither keys nor the serialised model nor traces have a secret', () => {
  const model = chat({ temperature: 0.5, systemPrompt: 'Keep it secret.' })
  // oxlint-disable-next-line no-underscore-dangle -- LangChain's name.
  const key = model._getSerializedCacheKeyParametersForCall({})
  const texts = [
    key,
    JSON.stringify(model),
    JSON.stringify(model.serialize()),
    JSON.stringify(model.invocationParams()),
  ]
  for (const text of texts) {
    expect(text).toContain('demo')
    expect(text).not.toContain(secret)
    expect(text).not.toContain('AKID')
    expect(text).not.toContain('Keep it secret.')
  }
})

test('a model is loaded again with its options', async () => {
  const model = chat({ temperature: 0.5, maxTokens: 9, stop: ['x'], modelName: 'adapter' })
  const importMap = { chat_models__sagemaker: { ChatSagemaker } }
  const loaded = await load<ChatSagemaker>(JSON.stringify(model), { optionalImportsMap: {}, importMap })
  expect(loaded).toBeInstanceOf(ChatSagemaker)
  expect(loaded.invocationParams()).toEqual(model.invocationParams())
  await loaded.invoke('Hi')
  expect(runtime.requests.at(-1)?.json()).toMatchObject({
    model: 'adapter',
    temperature: 0.5,
    max_tokens: 9,
    stop: ['x'],
  })
})

test.each(['whole', 'streamed'])(
  'a %s message is loaded as one of LangChain, and a call that was cut off stays uncalled',
  async (how) => {
    const model = chat({ model: 'cut' })
    const message = how === 'whole' ? await model.invoke('Hi') : await joined(await model.stream('Hi'))
    expect(JSON.parse(JSON.stringify(message))).toMatchObject({ id: ['langchain_core', 'messages', 'AIMessageChunk'] })
    const loaded = await load<AIMessageChunk>(JSON.stringify(message))
    expect(loaded.getType()).toBe('ai')
    expect(loaded.text).toBe('I look.')
    expect(loaded.tool_calls).toEqual([])
    expect(message.invalid_tool_calls).toMatchObject([{ id: 'call_1' }])
  },
)
