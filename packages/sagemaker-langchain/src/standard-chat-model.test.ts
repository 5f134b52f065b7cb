// LangChain tests every integration with a suite of its own. It is not published, so these tests have its names and check the same.
import { InMemoryCache } from '@langchain/core/caches'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { AIMessage, type AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { RunnableLambda } from '@langchain/core/runnables'
import { tool } from '@langchain/core/tools'
import { type LocalRuntime, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ChatSagemaker } from './chat-sagemaker.ts'
import { obligingEndpoint } from './test-support/obliging-endpoint.ts'
import { joined } from './test-support/joined.ts'
import type { OpenAIRequest } from './test-support/openai-answer.ts'

let runtime: LocalRuntime
let model: ChatSagemaker

beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { demo: obligingEndpoint() } })
  model = chat()
})

afterAll(() => runtime.close())

function chat(options: object = {}): ChatSagemaker {
  return new ChatSagemaker({ model: 'demo', endpoint: runtime.url, ...options })
}

function sent(): OpenAIRequest {
  return runtime.requests.at(-1)?.json() as OpenAIRequest
}

const addition = z.object({ a: z.number().describe('the first'), b: z.number() })
const adder = tool(({ a, b }) => String(a + b), { name: 'math_addition', description: 'Adds.', schema: addition })
const weather = tool(({ location }) => location, {
  name: 'get_current_weather',
  description: 'Tells the weather.',
  schema: z.object({ location: z.string(), unit: z.enum(['celsius', 'fahrenheit']) }),
})

/** A conversation in which a tool was called and has answered. */
function toolHistory(content: AIMessage['content'] = ''): (HumanMessage | AIMessage | ToolMessage)[] {
  return [
    new HumanMessage('What is 1 + 2?'),
    new AIMessage({ content, tool_calls: [{ id: 'call_1', name: 'math_addition', args: { a: 1, b: 2 } }] }),
    new ToolMessage({ name: 'math_addition', content: '3', tool_call_id: 'call_1' }),
  ]
}

describe('unit', () => {
  test('initialize, with API key and with streaming', () => {
    const options = { temperature: 0, maxTokens: 9, timeout: 5, stopSequences: ['a'], maxRetries: 1 }
    expect(chat({ ...options, apiKey: 'a', streaming: true })).toBeInstanceOf(ChatSagemaker)
  })

  test('bind tools, structured output', () => {
    expect(model.bindTools([adder]).invoke).toBeTypeOf('function')
    expect(model.withStructuredOutput(addition).invoke).toBeTypeOf('function')
  })

  test('standard LangSmith parameters', () => {
    expect(chat({ temperature: 0.5, maxTokens: 9 }).getLsParams({ stop: ['a'] })).toEqual({
      ls_provider: 'sagemaker',
      ls_model_name: 'demo',
      ls_model_type: 'chat',
      ls_temperature: 0.5,
      ls_max_tokens: 9,
      ls_stop: ['a'],
    })
    const names = ['ls_provider', 'ls_model_name', 'ls_model_type', 'ls_temperature', 'ls_max_tokens', 'ls_stop']
    expect(Object.keys(model.getLsParams({}))).toEqual(names)
  })

  test('invoke and stream refuse a signal that is aborted', async () => {
    const count = runtime.requests.length
    const signal = AbortSignal.abort()
    await expect(model.invoke('Hi', { signal })).rejects.toThrow(/abort/i)
    await expect(async () => joined(await model.stream('Hi', { signal }))).rejects.toThrow(/abort/i)
    expect(runtime.requests).toHaveLength(count)
  })
})

describe('integration', () => {
  test('invoke', async () => {
    const answer = await model.invoke('Hi')
    expect(answer.getType()).toBe('ai')
    expect(answer.content).toBe('Paris is the capital.')
  })

  test('stream', async () => {
    const texts: string[] = []
    for await (const chunk of await model.stream('Hi')) texts.push(chunk.text)
    expect(texts.filter((text) => text !== '').length).toBeGreaterThan(1)
    expect(texts.join('')).toBe('Paris is the capital.')
  })

  test('batch', async () => {
    const answers = await model.batch(['Hi', 'Hello'])
    expect(answers.map(({ text }) => text)).toEqual(['Paris is the capital.', 'Paris is the capital.'])
  })

  test('stream events of version 2', async () => {
    const texts: string[] = []
    for await (const { event, data } of model.streamEvents('Hi', { version: 'v2' })) {
      if (event === 'on_chat_model_stream') texts.push((data as { chunk: AIMessageChunk }).chunk.text)
    }
    expect(texts.join('')).toBe('Paris is the capital.')
  })

  test('multi-message conversation, two human messages in a row, stop sequence', async () => {
    const messages = [
      new SystemMessage('Be brief.'),
      new HumanMessage('Hello'),
      new AIMessage('Hi'),
      new HumanMessage('?'),
    ]
    await model.invoke(messages, { stop: ['\n'] })
    expect(sent()).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi' },
        { role: 'user', content: '?' },
      ],
      stop: ['\n'],
    })
    await model.invoke([new HumanMessage('One'), new HumanMessage('Two')])
    expect(sent().messages).toEqual([
      { role: 'user', content: 'One' },
      { role: 'user', content: 'Two' },
    ])
  })

  test('usage metadata, whole and streamed', async () => {
    const whole = await model.invoke('Hi')
    const streamed = await joined(await model.stream('Hi'))
    for (const { usage_metadata: usage } of [whole, streamed]) {
      expect(usage).toMatchObject({ input_tokens: 21, output_tokens: 9, total_tokens: 30 })
    }
  })

  test.each([
    ['string content', ''],
    ['list content', [{ type: 'tool_use', id: 'call_1', name: 'math_addition', input: { a: 1, b: 2 } }]],
    [
      'text beside the call',
      [
        { type: 'text', text: 'I add.' },
        { type: 'tool_use', id: 'call_1', name: 'x', input: {} },
      ],
    ],
  ])('tool message histories: %s', async (_, content) => {
    const answer = await model.bindTools([adder]).invoke(toolHistory(content))
    expect(answer.text).toBe('The tool says "3".')
    expect(sent().messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: content.length === 2 ? 'I add.' : null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'math_addition', arguments: '{"a":1,"b":2}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '3' },
    ])
  })

  test('structured few-shot examples, without the tool', async () => {
    const answer = await model.invoke([...toolHistory(), new AIMessage('It is 3.'), new HumanMessage('And 3 + 4?')])
    expect(answer.text).toBe('Paris is the capital.')
    expect(sent().tools).toBeUndefined()
  })

  test.each(['functionCalling', 'jsonSchema'] as const)('structured output by %s', async (method) => {
    const traced: unknown[] = []
    class Tracer extends BaseCallbackHandler {
      override name = 'tracer'
      override handleChatModelStart(
        ...[, , , , extra]: Parameters<NonNullable<BaseCallbackHandler['handleChatModelStart']>>
      ) {
        traced.push((extra as { options: object }).options)
      }
    }
    const structured = model.withStructuredOutput(addition, { method })
    expect(await structured.invoke('Add', { callbacks: [new Tracer()] })).toEqual({ a: 2, b: 2 })
    const format = { kwargs: { method }, schema: { type: 'object', properties: { a: { type: 'number' } } } }
    expect(traced).toMatchObject([{ ls_structured_output_format: format }])

    const both = await model.withStructuredOutput(addition, { method, includeRaw: true }).invoke('Add')
    expect(both.parsed).toEqual({ a: 2, b: 2 })
    expect(both.raw.getType()).toBe('ai')
  })

  test('bind OpenAI-formatted tools', async () => {
    const parameters = { type: 'object', properties: { a: { type: 'number' } } }
    const openai = { type: 'function', function: { name: 'one', description: 'One.', parameters } }
    const { tool_calls: calls } = await model.bindTools([openai]).invoke('Hi')
    expect(calls).toMatchObject([{ name: 'one', args: { a: 2 } }])
    expect(sent().tools).toEqual([openai])
  })

  test('bind runnable tool-likes', async () => {
    const runnable = RunnableLambda.from(({ a, b }: { a: number; b: number }) => a + b)
    const tools = [runnable.asTool({ name: 'adds', description: 'Adds.', schema: addition })]
    const { tool_calls: calls } = await model.bindTools(tools).invoke('Hi')
    expect(calls).toMatchObject([{ name: 'adds', args: { a: 2, b: 2 } }])
  })

  test('bind structured tool parameters', async () => {
    const { tool_calls: calls } = await model.bindTools([{ name: 'adds', schema: addition }]).invoke('Hi')
    expect(calls).toMatchObject([{ name: 'adds', args: { a: 2, b: 2 } }])
  })

  test('cache complex message types', async () => {
    const cached = chat({ cache: new InMemoryCache() })
    const messages = [new HumanMessage({ content: [{ type: 'text', text: 'Hi' }] })]
    const first = await cached.invoke(messages)
    const count = runtime.requests.length
    const second = await cached.invoke(messages)
    expect(runtime.requests).toHaveLength(count)
    expect(second.text).toBe(first.text)
    expect(second.contentBlocks).toEqual(first.contentBlocks)
  })

  test('stream tokens with tool calls', async () => {
    const message = await joined(await model.bindTools([adder]).stream('Add'))
    expect(message.tool_calls).toEqual([
      { type: 'tool_call', id: 'call_1_0', name: 'math_addition', args: { a: 2, b: 2 } },
    ])
    expect(message.usage_metadata).toMatchObject({ total_tokens: 30 })
    expect(message.response_metadata).toMatchObject({ finish_reason: 'tool_calls', stop_reason: 'tool_use' })
  })

  test.each(['whole', 'streamed'])('tool use AI message in conversation, %s', async (how) => {
    const bound = model.bindTools([adder])
    const question = new HumanMessage('Add')
    const answer = how === 'whole' ? await bound.invoke([question]) : await joined(await bound.stream([question]))
    const result: ToolMessage = await adder.invoke({ ...answer.tool_calls![0]!, type: 'tool_call' })
    const last = await bound.invoke([question, answer, result])
    expect(last.text).toBe('The tool says "4".')
  })

  test('more complex tools', async () => {
    const schema = z.object({
      customer: z.object({ name: z.string(), address: z.object({ city: z.string(), tags: z.array(z.string()) }) }),
      priority: z.enum(['low', 'high']),
    })
    const order = tool(() => 'done', { name: 'order', description: 'Orders.', schema })
    const { tool_calls: calls } = await model.bindTools([order]).invoke('Order')
    expect(schema.parse(calls?.[0]?.args)).toEqual(calls?.[0]?.args)
  })

  test('parallel tool calling, streamed, and its history', async () => {
    const bound = model.bindTools([adder, weather])
    const message = await joined(await bound.stream('Both'))
    expect(message.tool_calls?.map(({ name }) => name)).toEqual(['math_addition', 'get_current_weather'])
    const results = message.tool_calls!.map(
      ({ id, name }) => new ToolMessage({ name, content: name, tool_call_id: id! }),
    )
    await bound.invoke([new HumanMessage('Both'), message, ...results])
    expect(sent().messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool'])
  })

  test('stream tools', async () => {
    const chunks: AIMessageChunk[] = []
    for await (const chunk of await model.bindTools([adder]).stream('Add')) chunks.push(chunk)
    const pieces = chunks.flatMap(({ tool_call_chunks: one = [] }) => one)
    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.filter(({ id, name }) => id !== undefined && name !== undefined)).toHaveLength(1)
    expect(JSON.parse(pieces.map(({ args }) => args).join(''))).toEqual({ a: 2, b: 2 })
  })

  test('a tool that has to be called, some tool, or none', async () => {
    const tools = [adder, weather]
    await model.bindTools(tools, { tool_choice: 'math_addition' }).invoke('Hi')
    expect(sent().tool_choice).toEqual({ type: 'function', function: { name: 'math_addition' } })
    await model.bindTools(tools, { tool_choice: 'any' }).invoke('Hi')
    expect(sent().tool_choice).toBe('required')
    await model.bindTools(tools, { tool_choice: 'auto' }).invoke('Hi')
    expect(sent().tool_choice).toBe('auto')
    const { tool_calls: calls } = await model.bindTools(tools, { tool_choice: 'none' }).invoke('Hi')
    expect(calls).toEqual([])
  })

  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const url = 'https://example.com/cat.png'
  const data = `data:image/png;base64,${png}`
  test.each([
    ['address', { type: 'image', url }, url],
    ['data: URL', { type: 'image', url: data }, data],
    ['base64', { type: 'image', data: png, mimeType: 'image/png' }, data],
    ['bytes', { type: 'image', data: new Uint8Array(Buffer.from(png, 'base64')), mimeType: 'image/*' }, data],
    ['image_url as text', { type: 'image_url', image_url: url }, url],
    ['image_url', { type: 'image_url', image_url: { url: data } }, data],
    ['source_type url', { type: 'image', source_type: 'url', url }, url],
    ['source_type base64', { type: 'image', source_type: 'base64', mime_type: 'image/png', data: png }, data],
  ])('standard image blocks: %s', async (_, image, expected) => {
    await model.invoke([new HumanMessage({ content: [{ type: 'text', text: 'What is it?' }, image] })])
    expect(sent().messages[0]?.content).toEqual([
      { type: 'text', text: 'What is it?' },
      { type: 'image_url', image_url: { url: expected } },
    ])
  })

  test.each(['audio', 'video', 'file'])('standard %s blocks are refused by name', async (type) => {
    const content = [
      { type: 'text', text: 'Hi' },
      { type, data: 'AAAA', mimeType: 'a/b' },
    ]
    const refused = model.invoke([new HumanMessage({ content })])
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-request',
      message: `invalid-request: messages[0].content[1]: ${type} cannot be sent, only text and images can`,
    })
  })
})
