import {
  body,
  type LocalAnswer,
  type LocalRuntime,
  parts,
  type ReceivedRequest,
  scripted,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ModelOptions, SagemakerLLM } from '../index.ts'
import { collect } from '../views/collect.ts'
import { plainText } from './plain-text.ts'
import { tgi } from './tgi.ts'

let runtime: LocalRuntime
let answer: () => LocalAnswer
let received: ReceivedRequest | undefined

beforeAll(async () => {
  const container = scripted((request) => {
    received = request
    return answer()
  })
  runtime = await startLocalRuntime({ endpoints: { container } })
})

afterAll(() => runtime.close())

const model = (options: ModelOptions = {}): SagemakerLLM =>
  new SagemakerLLM({ endpointName: 'container', ...runtime.connection, contentHandler: plainText(), ...options })

test('sends the prompt as text, and says what it does not send', async () => {
  answer = () => body('Mein Hund')
  const contentHandler = plainText({ contentType: 'application/x-text' })
  const { text, stopReason, usage, response, raw } = await model({ contentHandler }).complete('My dog')
  expect({ text, stopReason, usage, raw }).toEqual({
    text: 'Mein Hund',
    stopReason: 'end_turn',
    usage: undefined,
    raw: 'Mein Hund',
  })
  expect([received?.text, received?.contentType, received?.accept]).toEqual([
    'My dog',
    'application/x-text',
    'text/plain',
  ])
  expect(response.warnings.map(({ option }) => option)).toEqual(['maxNewTokens', 'temperature'])
})

test('sends the request of another handler, and takes what that one takes', async () => {
  answer = () => body('Hi')
  const llm = model({ contentHandler: plainText({ request: tgi() }) })
  expect((await llm.chat([{ role: 'user', content: 'Hello' }])).text).toBe('Hi')
  expect(received?.json()).toMatchObject({ messages: [{ role: 'user', content: 'Hello' }] })
  await llm.complete('Hello')
  expect(received?.json()).toMatchObject({ inputs: 'Hello', parameters: { max_new_tokens: 512 } })
})

test.each([1, 3, 1_000])('reads text that is streamed in parts of %i bytes, whatever it looks like', async (size) => {
  for (const text of ['Zürich 🏔\n\nis { nice', '42', '{"a":1}', 'data: x', '"']) {
    answer = () => stream(parts(new TextEncoder().encode(text), { size }))
    const chunks = model().streamComplete('Hi')
    expect(await collect(chunks)).toMatchObject({ text, stopReason: 'end_turn' })
    answer = () => body(text, { contentType: 'application/json' })
    expect(await model().complete('Hi')).toMatchObject({ text })
  }
})

test('takes away the prompt and what comes after a stop string', async () => {
  answer = () => stream(parts(new TextEncoder().encode('One, two, three# four'), { size: 2 }))
  expect(await collect(model().streamComplete('One,', { stopSequences: ['#'] }))).toMatchObject({
    text: ' two, three',
    stopReason: 'stop_sequence',
  })
})

test.each([
  ['tools', { tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }] }],
  ['responseFormat', { responseFormat: { type: 'json' as const } }],
])('refuses %s', async (option, options) => {
  await expect(model({ messagesToPrompt: 'generic' }).complete('Hi', options)).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining(option),
  })
})

test('no text at all is no answer', async () => {
  answer = () => body('')
  await expect(model().complete('Hi')).rejects.toMatchObject({ code: 'unexpected-response' })
  answer = () => stream([])
  await expect(collect(model().streamComplete('Hi'))).rejects.toMatchObject({ code: 'stream-interrupted' })
})
