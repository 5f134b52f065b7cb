import type { ChatMessage } from '@x/bedrock-like-types'
import { json, scripted, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { collect } from '../views/collect.ts'
import { tgi } from '../handlers/tgi.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import type { SagemakerLLMOptions } from '../call/model-options.ts'
import * as templates from './__fixtures__/chat-templates.ts'
import { chatTemplate } from './chat-template.ts'

let runtime: LocalRuntime
let received: { inputs?: string; messages?: unknown }[] = []

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      prompts: scripted((request) => {
        received.push(request.json() as { inputs?: string })
        return json([{ generated_text: 'Hello' }])
      }),
    },
  })
})

beforeEach(() => {
  received = []
})

afterAll(() => runtime.close())

const llmOf = (options: Partial<SagemakerLLMOptions>): SagemakerLLM =>
  new SagemakerLLM({
    endpointName: 'prompts',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    ...options,
  } as SagemakerLLMOptions)

/** The same question asked in all four ways: what was sent as the prompt, or as messages. */
async function askInAllWays(llm: SagemakerLLM, messages: readonly ChatMessage[]): Promise<readonly unknown[]> {
  await llm.complete('Hi')
  await collect(llm.streamComplete('Hi'))
  await llm.chat(messages)
  await collect(llm.streamChat(messages))
  return received.map(({ inputs, messages: sent }) => inputs ?? sent)
}

const hi: readonly ChatMessage[] = [{ role: 'user', content: 'Hi' }]

describe('the system prompt is applied once, in all four ways', () => {
  test('with a style', async () => {
    const llm = llmOf({ messagesToPrompt: 'chatml', completionToPrompt: 'chatml', systemPrompt: 'Be brief.' })
    const prompt = '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n'
    expect(await askInAllWays(llm, hi)).toEqual([prompt, prompt, prompt, prompt])
  })

  test('with a template for chat and nothing for completion', async () => {
    const llm = llmOf({ messagesToPrompt: chatTemplate(templates.qwen25), systemPrompt: 'Be brief.' })
    const prompt = '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n'
    expect(await askInAllWays(llm, hi)).toEqual(['Be brief.\n\nHi', 'Be brief.\n\nHi', prompt, prompt])
  })

  test('with messages that are sent as such', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ]
    expect(await askInAllWays(llmOf({ systemPrompt: 'Be brief.' }), hi)).toEqual([
      'Be brief.\n\nHi',
      'Be brief.\n\nHi',
      messages,
      messages,
    ])
  })

  test('and gives way to one in the conversation', async () => {
    const llm = llmOf({ messagesToPrompt: 'generic', systemPrompt: 'Be brief.' })
    await llm.chat([{ role: 'system', content: 'Rhyme.' }, ...hi])
    expect(received[0]?.inputs).toBe('system: Rhyme.\nuser: Hi\nassistant: ')
  })

  test('an empty one is none, where messages are sent as such', async () => {
    await llmOf({ systemPrompt: '' }).chat(hi)
    expect(received[0]?.messages).toEqual([{ role: 'user', content: 'Hi' }])
  })
})

test('a function of the user gets the messages and the tools', async () => {
  const tool = { toolSpec: { name: 'f', inputSchema: { json: { type: 'object' } } } }
  const llm = llmOf({
    systemPrompt: 'Be brief.',
    messagesToPrompt: (messages, { tools }) =>
      `${messages.map(({ role }) => role).join(',')} with ${tools.map(({ toolSpec }) => toolSpec?.name).join(',')}`,
    completionToPrompt: (prompt, { systemPrompt }) => `${prompt} (${systemPrompt})`,
  })
  await llm.chat(hi, { tools: [tool] })
  await llm.complete('Hi')
  expect(received.map(({ inputs }) => inputs)).toEqual(['system,user with f', 'Hi (Be brief.)'])
})

test('tools of the call reach the template', async () => {
  const llm = llmOf({ messagesToPrompt: chatTemplate(templates.qwen25) })
  await llm.chat(hi, { tools: [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } }] })
  expect(received[0]?.inputs).toContain('<tools>\n{"type": "function", "function": {"name": "weather"')
})

test('a container that takes prompts alone needs messagesToPrompt, and is told so', async () => {
  const promptsAlone = { ...tgi(), name: 'my-container', takes: 'prompt' } as const
  await expect(llmOf({ contentHandler: promptsAlone }).chat(hi)).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('messagesToPrompt'),
  })
  await llmOf({ contentHandler: promptsAlone, messagesToPrompt: 'gemma' }).chat(hi)
  expect(received[0]?.inputs).toBe('<start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n')
})

test('a stream that is left while its style is loaded sends nothing', async () => {
  const options = { contentHandler: tgi(), messagesToPrompt: 'gemma' } as const
  const leave = vi.fn<() => void>(() => void chunks.return())
  const stream = llmOf({ ...options, callbacks: { onStart: leave } }).streamChat(hi)
  const chunks = stream[Symbol.asyncIterator]()
  expect(await chunks.next()).toEqual({ done: true, value: undefined })
  expect(leave).toHaveBeenCalledOnce()
  // When this answer is there, a request of the stream would have come before it.
  await llmOf(options).chat(hi)
  expect(received).toHaveLength(1)
})

describe('an object that is written as [object Object]', () => {
  const result: readonly ChatMessage[] = [
    ...hi,
    { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'f', input: {} } }] },
    { role: 'tool', toolCallId: 'a', content: 'sunny' },
  ]
  const joined = (messages: readonly ChatMessage[]): string =>
    // eslint-disable-next-line typescript/no-base-to-string -- what a user writes who does not know of blocks
    messages.map(({ role, content }) => `${role}: ${String(content)}`).join('\n')

  test('does not arise where messages are text only', async () => {
    await llmOf({ messagesToPrompt: joined }).chat(hi)
    expect(received[0]?.inputs).toBe('user: Hi')
  })

  test('never reaches a container', async () => {
    await expect(llmOf({ messagesToPrompt: joined }).chat(result)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('textOf'),
    })
    await expect(
      llmOf({ messagesToPrompt: chatTemplate("{{ messages[1].tool_calls[0].function + '' }}") }).chat(result),
    ).rejects.toMatchObject({ code: 'invalid-request' })
    expect(received).toEqual([])
  })

  test('is a text like any other where the conversation has it', async () => {
    await llmOf({ messagesToPrompt: joined }).chat([{ role: 'user', content: 'Why [object Object]?' }])
    expect(received[0]?.inputs).toBe('user: Why [object Object]?')
  })
})
