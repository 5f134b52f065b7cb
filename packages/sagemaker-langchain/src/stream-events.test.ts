import { HumanMessage } from '@langchain/core/messages'
import { type LocalRuntime, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ChatSagemaker } from './chat-sagemaker.ts'
import { joined } from './test-support/joined.ts'
import { openaiAnswer } from './test-support/openai-answer.ts'

let runtime: LocalRuntime

const calls = [
  { id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' },
  { id: 'call_2', name: 'time', arguments: '' },
]

beforeAll(async () => {
  const answer = { reasoning: 'Two tools.', text: 'I look.', calls }
  runtime = await startLocalRuntime({ endpoints: { demo: scripted((request) => openaiAnswer(request, answer)) } })
})

afterAll(() => runtime.close())

const chat = (options: object = {}): ChatSagemaker =>
  new ChatSagemaker({ model: 'demo', endpoint: runtime.url, ...options })

const blocks = [
  { type: 'reasoning', reasoning: 'Two tools.' },
  { type: 'text', text: 'I look.' },
  { type: 'tool_call', id: 'call_1', name: 'weather', args: { city: 'Oslo' } },
  { type: 'tool_call', id: 'call_2', name: 'time', args: {} },
]

test('every block has its own number, and the message has all of them', async () => {
  const stream = chat().streamEvents([new HumanMessage('Hi')])
  const boundaries: string[] = []
  for await (const event of stream) {
    if (event.event === 'content-block-start') boundaries.push(`start ${event.index} ${event.content.type}`)
    if (event.event === 'content-block-finish') boundaries.push(`finish ${event.index} ${event.content.type}`)
  }
  expect(boundaries).toEqual([
    'start 0 reasoning',
    'finish 0 reasoning',
    'start 1 text',
    'finish 1 text',
    'start 2 tool_call_chunk',
    'finish 2 tool_call',
    'start 3 tool_call_chunk',
    'finish 3 tool_call',
  ])
  const message = await stream.output
  expect(message.content).toEqual(blocks)
  expect(message.tool_calls).toMatchObject([{ name: 'weather' }, { name: 'time' }])
  expect(message.usage_metadata).toMatchObject({ input_tokens: 21, output_tokens: 9 })
  expect(message.response_metadata).toMatchObject({
    model_provider: 'sagemaker',
    model_name: 'served-model',
    stop_reason: 'tool_use',
  })
  expect(await stream.text).toBe('I look.')
  expect(await stream.reasoning).toBe('Two tools.')
  expect(await stream.toolCalls).toHaveLength(2)
})

test.each(['v0', 'v1'] as const)(
  'content blocks are the same, whole and streamed, with output version %s',
  async (outputVersion) => {
    const model = chat({ outputVersion })
    const whole = await model.invoke('Hi')
    const streamed = await joined(await model.stream('Hi'))
    for (const message of [whole, streamed]) {
      expect(message.contentBlocks).toMatchObject(blocks)
      expect(message.contentBlocks).toHaveLength(blocks.length)
      expect(message.text).toBe('I look.')
      expect(message.tool_calls).toHaveLength(2)
    }
  },
)

test('the output version of a call overrides that of the object', async () => {
  const text = scripted((request) => openaiAnswer(request, { text: 'Hello there.' }))
  await using other = await startLocalRuntime({ endpoints: { demo: text } })
  const model = new ChatSagemaker({ model: 'demo', endpoint: other.url })
  expect((await model.invoke('Hi')).content).toBe('Hello there.')
  const whole = await model.invoke('Hi', { outputVersion: 'v1' })
  expect(whole.content).toEqual([{ type: 'text', text: 'Hello there.' }])
  const streamed = await joined(await model.stream('Hi', { outputVersion: 'v1' }))
  expect(streamed.content).toMatchObject([{ type: 'text', text: 'Hello there.' }])
})
