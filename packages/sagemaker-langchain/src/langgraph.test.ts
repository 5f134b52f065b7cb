import { AIMessageChunk, type BaseMessage, HumanMessage, type UsageMetadata } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { MessagesAnnotation, StateGraph } from '@langchain/langgraph'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { type LocalRuntime, startLocalRuntime } from '@x/sagemaker-local'
import { createAgent } from 'langchain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ChatSagemaker } from './chat-sagemaker.ts'
import { obligingEndpoint } from './test-support/obliging-endpoint.ts'

let runtime: LocalRuntime
let model: ChatSagemaker

const called: object[] = []
const adder = tool(
  ({ a, b }) => {
    called.push({ a, b })
    return String(a + b)
  },
  { name: 'add', description: 'Adds two numbers.', schema: z.object({ a: z.number(), b: z.number() }) },
)
const messages = [new HumanMessage('Add 2 and 2.')]

beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { demo: obligingEndpoint() } })
  model = new ChatSagemaker({ model: 'demo', endpoint: runtime.url })
})

afterAll(() => runtime.close())

function kinds(conversation: readonly BaseMessage[]): readonly string[] {
  return conversation.map((message) => message.getType())
}

test('createAgent calls the tool and answers', async () => {
  called.length = 0
  const result = await createAgent({ model, tools: [adder] }).invoke({ messages })
  expect(called).toEqual([{ a: 2, b: 2 }])
  expect(kinds(result.messages)).toEqual(['human', 'ai', 'tool', 'ai'])
  expect(result.messages.at(-1)?.text).toBe('The tool says "4".')
})

test('createAgent gives an object that follows a schema', async () => {
  const responseFormat = z.object({ city: z.string(), people: z.number() })
  const result = await createAgent({ model, tools: [], responseFormat }).invoke({ messages })
  expect(result.structuredResponse).toEqual({ city: 'a text', people: 2 })
})

test('createAgent lets the container follow the schema, if the profile says that it can', async () => {
  const able = new ChatSagemaker({ model: 'demo', endpoint: runtime.url, profile: { structuredOutput: true } })
  const responseFormat = z.object({ city: z.string(), people: z.number() })
  const result = await createAgent({ model: able, tools: [], responseFormat }).invoke({ messages })
  expect(result.structuredResponse).toEqual({ city: 'a text', people: 2 })
  expect(runtime.requests.at(-1)?.json()).toMatchObject({ response_format: { type: 'json_schema' } })
})

test('createReactAgent streams its messages token by token', async () => {
  called.length = 0
  const agent = createReactAgent({ llm: model, tools: [adder] })
  const texts: string[] = []
  for await (const [message] of await agent.stream({ messages }, { streamMode: 'messages' })) {
    if (message instanceof AIMessageChunk) texts.push(message.text)
  }
  expect(called).toEqual([{ a: 2, b: 2 }])
  expect(texts.filter((text) => text !== '').length).toBeGreaterThan(2)
  expect(texts.join('')).toBe('The tool says "4".')
})

test('a node that uses invoke is streamed, too, and its tokens are counted once', async () => {
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('answer', async (state) => ({ messages: [await model.invoke(state.messages)] }))
    .addEdge('__start__', 'answer')
    .addEdge('answer', '__end__')
    .compile()
  const texts: string[] = []
  let total = 0
  for await (const [message] of await graph.stream({ messages }, { streamMode: 'messages' })) {
    texts.push(message.text)
    const { usage_metadata: usage } = message as { usage_metadata?: UsageMetadata }
    total += usage?.total_tokens ?? 0
  }
  expect(texts.filter((text) => text !== '').length).toBeGreaterThan(2)
  expect(texts.join('')).toBe('Paris is the capital.')
  expect(total).toBe(30)
  const state = await graph.invoke({ messages })
  expect(state.messages.at(-1)?.text).toBe('Paris is the capital.')
})
