import type {
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamCommandInput,
  ConverseStreamCommandOutput,
  Message,
} from '@aws-sdk/client-bedrock-runtime'
import type { ConverseStreamOutput } from '@x/bedrock-like-types'
import {
  json,
  part,
  scripted,
  serverSentEventText,
  serviceError,
  stall,
  startLocalRuntime,
  stream,
  type LocalRuntime,
  type ReceivedRequest,
} from '@x/sagemaker-local'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ModelOptions } from '../call/model-options.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'

const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }

const chunk = (delta: object, finishReason: string | null = null): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  model: 'llama-3-8b',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
})

const toolStream = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ reasoning_content: 'They want the weather.' }),
  chunk({ content: 'Let me ' }),
  chunk({ content: 'look.' }),
  chunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] }),
  chunk({}, 'tool_calls'),
  { ...chunk({}), choices: [], usage },
  '[DONE]',
]

const completion = (message: object, finishReason: string): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'llama-3-8b',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishReason }],
  usage,
})

const toolCompletion = completion(
  {
    content: 'Let me look.',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
  },
  'tool_calls',
)

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      tools: scripted((request) => {
        const { messages, stream: streams } = request.json() as { messages: { role: string }[]; stream?: boolean }
        if (messages.some(({ role }) => role === 'tool')) return json(completion({ content: '22 degrees.' }, 'stop'))
        return streams ? serverSentEventText(toolStream) : json(toolCompletion)
      }),
      silent: scripted(() => stream([part(`data: ${JSON.stringify(chunk({ content: 'Hel' }))}\n\n`), stall()])),
      broken: scripted(() => stream([part(`data: ${JSON.stringify(chunk({ content: 'Hel' }))}\n\n`)])),
      refusing: scripted(() => serviceError('ThrottlingException')),
      unmeasured: scripted(() => json([{ generated_text: 'Hello' }])),
    },
  })
})

afterAll(() => runtime.close())

const llmOf = (endpointName: string, options: ModelOptions = {}): SagemakerLLM =>
  new SagemakerLLM({
    ...options,
    endpointName,
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    retry: { maxAttempts: 1 },
  })

const lastRequest = (): ReceivedRequest => runtime.requests.at(-1)!

const input: ConverseCommandInput = {
  modelId: 'meta.llama3-8b-instruct-v1:0',
  system: [{ text: 'Be brief.' }],
  messages: [{ role: 'user', content: [{ text: 'How is the weather in Paris?' }] }],
  inferenceConfig: { maxTokens: 100, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
  toolConfig: {
    tools: [
      {
        toolSpec: {
          name: 'weather',
          description: 'Current weather of a city.',
          inputSchema: { json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
        },
      },
    ],
    toolChoice: { any: {} },
  },
  additionalModelRequestFields: { repetition_penalty: 1.1 },
}

/** Code as it is written for Bedrock: every type in it is the Bedrock SDK's. */
async function askWithTools(
  converse: (input: ConverseCommandInput) => Promise<ConverseCommandOutput>,
  request: ConverseCommandInput,
): Promise<{ readonly answer: string; readonly messages: Message[] }> {
  const messages: Message[] = [...(request.messages ?? [])]
  for (let turn = 0; turn < 5; turn += 1) {
    const { output, stopReason } = await converse({ ...request, messages })
    const message = output?.message
    if (message === undefined) throw new Error('no message')
    messages.push(message)
    if (stopReason !== 'tool_use') {
      return { answer: message.content?.map((block) => block.text ?? '').join('') ?? '', messages }
    }
    const results = message.content?.flatMap(({ toolUse }) =>
      toolUse ? [{ toolResult: { toolUseId: toolUse.toolUseId, content: [{ json: { celsius: 22 } }] } }] : [],
    )
    messages.push({ role: 'user', content: results })
  }
  throw new Error('too many turns')
}

describe('converse', () => {
  test("runs code that is typed by the Bedrock SDK's own types, tool loop included", async () => {
    const llm = llmOf('tools')
    const { answer, messages } = await askWithTools((request) => llm.converse(request), input)
    expect(answer).toBe('22 degrees.')
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
    expect(lastRequest().json()).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'How is the weather in Paris?' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '{"celsius":22}' },
      ],
      max_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
      tool_choice: 'required',
      tools: [{ type: 'function', function: { name: 'weather' } }],
      repetition_penalty: 1.1,
    })
  })

  test("answers in Bedrock's shape", async () => {
    const response = await llmOf('tools').converse({ ...input, additionalModelResponseFieldPaths: ['/model'] })
    expect(response).toEqual({
      output: {
        message: {
          role: 'assistant',
          content: [
            { text: 'Let me look.' },
            { toolUse: { toolUseId: 'call_1', name: 'weather', input: { city: 'Paris' } } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
      metrics: { latencyMs: expect.any(Number) },
      additionalModelResponseFields: { model: 'llama-3-8b' },
      $metadata: { httpStatusCode: 200, requestId: expect.any(String), attempts: 1 },
      response: expect.objectContaining({ statusCode: 200, attempts: 1, warnings: [] }),
    })
    expect(Number.isInteger(response.metrics.latencyMs)).toBe(true)
  })

  test('sends images, earlier reasoning and a JSON schema in the form of the container', async () => {
    await llmOf('tools').converse({
      messages: [
        {
          role: 'user',
          content: [
            { text: 'What is this?' },
            { image: { format: 'png', source: { bytes: new Uint8Array([1, 2, 3]) } } },
          ],
        },
        { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'A cat.' }] },
        { role: 'user', content: [{ text: 'As JSON.' }] },
      ],
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'animal', schema: '{"type":"object"}' } },
        },
      },
    })
    expect(lastRequest().json()).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
          ],
        },
        { role: 'assistant', content: 'A cat.' },
        { role: 'user', content: 'As JSON.' },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'animal', schema: { type: 'object' } } },
    })
  })

  test('has no usage where none was measured', async () => {
    const response = await llmOf('unmeasured').converse({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] })
    expect(response.usage).toBeUndefined()
    expect(response.output.message.content).toEqual([{ text: 'Hello' }])
  })

  test('options besides the request win over it', async () => {
    await llmOf('tools').converse(input, { temperature: 0.2, maxNewTokens: undefined })
    expect(lastRequest().json()).toMatchObject({ temperature: 0.2, max_tokens: 100 })
  })

  test('is a chat from the moment of the call', async () => {
    const started: string[] = []
    const llm = llmOf('tools', { callbacks: { onStart: ({ operation }) => started.push(operation) } })
    const messages = [...(input.messages ?? [])]
    const answer = llm.converse({ ...input, messages })
    expect(started).toEqual(['chat'])
    // What is done to the list afterwards belongs to another call.
    messages.push({ role: 'assistant', content: [{ text: 'Sunny.' }] })
    await answer
    expect((lastRequest().json() as { messages: unknown[] }).messages).toHaveLength(2)
  })

  test('sends nothing when it refuses', async () => {
    const before = runtime.requests.length
    const refused = llmOf('tools').converse({ ...input, guardrailConfig: { guardrailIdentifier: 'g' } })
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-request',
      endpointName: 'tools',
      message: expect.stringContaining('guardrailConfig'),
    })
    expect(runtime.requests).toHaveLength(before)
  })
})

describe('converseStream', () => {
  const eventsOf = async (request: ConverseStreamCommandInput): Promise<readonly ConverseStreamOutput[]> => {
    const events: ConverseStreamOutput[] = []
    const { stream: received } = await llmOf('tools').converseStream(request)
    for await (const event of received) events.push(event)
    return events
  }

  test("sends Bedrock's events in Bedrock's order", async () => {
    expect(await eventsOf(input)).toEqual([
      { messageStart: { role: 'assistant' } },
      {
        contentBlockDelta: {
          contentBlockIndex: 0,
          delta: { reasoningContent: { text: 'They want the weather.' } },
        },
      },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { contentBlockDelta: { contentBlockIndex: 1, delta: { text: 'Let me ' } } },
      { contentBlockDelta: { contentBlockIndex: 1, delta: { text: 'look.' } } },
      { contentBlockStop: { contentBlockIndex: 1 } },
      { contentBlockStart: { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'call_1', name: 'weather' } } } },
      { contentBlockDelta: { contentBlockIndex: 2, delta: { toolUse: { input: '{"city":' } } } },
      { contentBlockDelta: { contentBlockIndex: 2, delta: { toolUse: { input: '"Paris"}' } } } },
      { contentBlockStop: { contentBlockIndex: 2 } },
      { messageStop: { stopReason: 'tool_use' } },
      {
        metadata: {
          usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
          metrics: { latencyMs: expect.any(Number) },
          response: expect.objectContaining({ statusCode: 200, attempts: 1, warnings: [] }),
        },
      },
    ])
  })

  test("runs code that is typed by the Bedrock SDK's own types", async () => {
    const textOf = async (output: ConverseStreamCommandOutput): Promise<string> => {
      let text = ''
      for await (const event of output.stream ?? []) text += event.contentBlockDelta?.delta?.text ?? ''
      return text
    }
    const output = await llmOf('tools').converseStream(input)
    expect(output.$metadata).toEqual({ httpStatusCode: 200, requestId: expect.any(String), attempts: 1 })
    expect(await textOf(output)).toBe('Let me look.')
  })

  test('what fails before the first fragment is a failure of the call', async () => {
    await expect(llmOf('refusing').converseStream(input)).rejects.toMatchObject({ code: 'throttled' })
  })

  test('what fails later is a failure of the stream, after its events', async () => {
    const events: string[] = []
    const { stream: received } = await llmOf('broken').converseStream(input)
    const run = async (): Promise<void> => {
      for await (const event of received) events.push(...Object.keys(event))
    }
    await expect(run()).rejects.toMatchObject({ code: 'stream-interrupted', partial: { text: 'Hel' } })
    expect(events).toEqual(['messageStart', 'contentBlockDelta'])
  })

  test('a stream that is left ends the request', async () => {
    const { stream: received } = await llmOf('silent').converseStream(input)
    for await (const event of received) if (event.contentBlockDelta) break
    await vi.waitFor(() => expect(lastRequest().outcome).toBe('aborted'))
  })

  test('a stream that is never read and forgotten ends the request', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const llm = llmOf('silent')
    await (async () => void (await llm.converseStream(input)))()
    await vi.waitFor(
      () => {
        collectGarbage()
        expect(lastRequest().outcome).toBe('aborted')
      },
      { timeout: 20_000, interval: 20 },
    )
  }, 30_000)

  test('the caller can abort', async () => {
    const controller = new AbortController()
    const { stream: received } = await llmOf('silent').converseStream(input, { signal: controller.signal })
    const run = async (): Promise<void> => {
      for await (const event of received) if (event.contentBlockDelta) controller.abort()
    }
    await expect(run()).rejects.toMatchObject({ code: 'aborted', name: 'AbortError' })
    await vi.waitFor(() => expect(lastRequest().outcome).toBe('aborted'))
  })
  test('the caller can abort before anything is sent', async () => {
    const before = runtime.requests.length
    const controller = new AbortController()
    const opened = llmOf('silent').converseStream(input, { signal: controller.signal })
    controller.abort()
    await expect(opened).rejects.toMatchObject({ code: 'aborted', name: 'AbortError' })
    expect(runtime.requests).toHaveLength(before)
  })
})
