import { OutputParserException } from '@langchain/core/output_parsers'
import { type LocalRuntime, type ReceivedRequest, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ChatSagemaker } from './chat-sagemaker.ts'
import { type OpenAIAnswer, openaiAnswer, type OpenAIRequest } from './test-support/openai-answer.ts'

let runtime: LocalRuntime

const city = z.object({ city: z.string(), people: z.number() }).describe('A city.')
const answers: Readonly<Record<string, OpenAIAnswer>> = {
  'my-json': { text: '{"city":"Oslo","people":7}' },
  'my-reasoning': { reasoning: 'Norway.', text: '{"city":"Oslo","people":7}' },
  'my-words': { text: 'I would rather not.' },
  'my-call': { calls: [{ id: 'call_1', name: 'extract', arguments: '{"city":"Oslo","people":7}' }] },
  'my-wrong-call': { calls: [{ id: 'call_1', name: 'extract', arguments: '{"city":"Oslo","people":"many"}' }] },
  'my-cut-call': { calls: [{ id: 'call_1', name: 'extract', arguments: '{"city":"Os' }], finishReason: 'length' },
}

beforeAll(async () => {
  const entries = Object.entries(answers).map(
    ([name, answer]) => [name, scripted((request: ReceivedRequest) => openaiAnswer(request, answer))] as const,
  )
  runtime = await startLocalRuntime({ endpoints: Object.fromEntries(entries) })
})

afterAll(() => runtime.close())

const chat = (model: string): ChatSagemaker => new ChatSagemaker({ model, endpoint: runtime.url })
const sent = (): OpenAIRequest => runtime.requests.at(-1)?.json() as OpenAIRequest

test('jsonSchema holds the container to the schema, and reads the answer also after reasoning', async () => {
  for (const name of ['my-json', 'my-reasoning']) {
    const model = chat(name).withStructuredOutput(city, { method: 'jsonSchema', name: 'city' })
    expect(await model.invoke('Which city?')).toEqual({ city: 'Oslo', people: 7 })
    const json = { name: 'city', schema: { type: 'object', required: ['city', 'people'] } }
    expect(sent().response_format).toMatchObject({ type: 'json_schema', json_schema: json })
  }
})

test('jsonMode asks for any JSON, and validates it', async () => {
  const model = chat('my-json').withStructuredOutput(city, { method: 'jsonMode' })
  expect(await model.invoke('Which city?')).toEqual({ city: 'Oslo', people: 7 })
  expect(sent().response_format).toEqual({ type: 'json_object' })
})

test('functionCalling makes the model call one tool with the schema', async () => {
  expect(await chat('my-call').withStructuredOutput(city).invoke('Which city?')).toEqual({ city: 'Oslo', people: 7 })
  expect(sent()).toMatchObject({
    tools: [{ type: 'function', function: { name: 'extract', description: 'A city.' } }],
    tool_choice: { type: 'function', function: { name: 'extract' } },
  })
})

test('a JSON schema works by all methods, and gives the tool its name', async () => {
  const schema = { title: 'extract', type: 'object', properties: { city: { type: 'string' } } }
  for (const [name, method] of [
    ['my-call', 'functionCalling'],
    ['my-json', 'jsonSchema'],
    ['my-json', 'jsonMode'],
  ] as const) {
    const model = chat(name).withStructuredOutput(schema, { method })
    expect(await model.invoke('Which city?')).toEqual({ city: 'Oslo', people: 7 })
  }
})

test('a Standard Schema of another library validates', async () => {
  const schema = {
    '~standard': {
      version: 1 as const,
      vendor: 'test',
      validate: (value: unknown) =>
        (value as { people: number }).people > 5 ? { value } : { issues: [{ message: 'too few', path: ['people'] }] },
      jsonSchema: { input: () => ({ type: 'object' }), output: () => ({ type: 'object' }) },
    },
  }
  expect(await chat('my-call').withStructuredOutput(schema).invoke('Hi')).toEqual({ city: 'Oslo', people: 7 })
  await expect(chat('my-wrong-call').withStructuredOutput(schema).invoke('Hi')).rejects.toThrow('people: too few')
})

test.each([
  ['my-words', 'There is no structured output. The model did not call extract.'],
  ['my-wrong-call', 'The arguments do not follow the schema. people: Invalid input: expected number, received string'],
  ['my-cut-call', 'There is no structured output. The arguments were cut off by the limit on tokens.'],
])('%s has no structured output, and the error says why without a word of the answer', async (name, message) => {
  const failure = await chat(name)
    .withStructuredOutput(city)
    .invoke('Which city?')
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(OutputParserException)
  expect((failure as Error).message.split('\n')[0]).toBe(message)
  const raw = await chat(name).withStructuredOutput(city, { includeRaw: true }).invoke('Which city?')
  expect(raw.parsed).toBeNull()
  expect(raw.raw.getType()).toBe('ai')
})

test('another method is refused by name', () => {
  expect(() => chat('my-json').withStructuredOutput(city, { method: 'xml' })).toThrow(
    'invalid-request: withStructuredOutput: method is xml; it must be functionCalling, jsonSchema or jsonMode',
  )
})
