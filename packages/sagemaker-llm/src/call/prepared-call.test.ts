import type { ChatMessage } from '@x/bedrock-like-types'
import { SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { weatherTool } from '../__fixtures__/container-fixture.ts'
import { ai21 } from '../handlers/ai21.ts'
import { openai } from '../handlers/openai.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import type { LLMCallOptions, ModelOptions } from './model-options.ts'

// Nothing listens there: what is refused is refused before anything is sent.
const endpoint = new SagemakerEndpoint({
  endpointName: 'my-llama',
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:9',
  retry: { maxAttempts: 1 },
})
const hello: readonly ChatMessage[] = [{ role: 'user', content: 'Hi' }]

async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!SagemakerError.is(error)) throw new Error('no SagemakerError', { cause: error })
  expect({ code: error.code, endpointName: error.endpointName, attempts: error.attempts }).toEqual({
    code: 'invalid-request',
    endpointName: 'my-llama',
    attempts: [],
  })
  return error.message.replace('invalid-request: ', '')
}

const complete = (options: LLMCallOptions, model: ModelOptions = {}) =>
  refusal(new SagemakerLLM({ endpoint, ...model }).complete('Hi', options))
const chat = (messages: readonly ChatMessage[], options: LLMCallOptions = {}, model: ModelOptions = {}) =>
  refusal(new SagemakerLLM({ endpoint, ...model }).chat(messages, options))

describe('what cannot be sent is refused, with the name of the option', () => {
  test.each<[string, LLMCallOptions]>([
    ['temperature', { temperature: -1 }],
    ['temperature', { temperature: Number.NaN }],
    ['maxNewTokens', { maxNewTokens: 0 }],
    ['maxNewTokens', { maxNewTokens: 1.5 }],
    ['topP', { topP: 2 }],
    ['topK', { topK: 1.5 }],
    ['seed', { seed: Number.POSITIVE_INFINITY }],
    ['stopSequences', { stopSequences: ['a', ''] }],
    ['toolChoice', { toolChoice: { any: {} } }],
    ['tools', { tools: [weatherTool] }],
  ])('%s: %j', async (name, options) => {
    expect(await complete(options)).toMatch(new RegExp(`^${name}: `))
  })

  test('a conversation without messages, or with one that says nothing', async () => {
    expect(await chat([])).toContain('messages')
    expect(await chat([{ role: 'user', content: undefined }])).toContain('messages[0]')
    expect(await chat([{ role: undefined, content: 'Hi' }])).toContain('messages[0]')
  })

  test('a conversation with a container that takes prompts only', async () => {
    expect(await chat(hello, {}, { contentHandler: ai21() })).toBe(
      'chat: ai21 takes prompts only, pass messagesToPrompt',
    )
  })

  test('a prompt for a container that takes conversations only', async () => {
    const contentHandler = { ...openai(), takes: 'messages' } as const
    expect(await complete({}, { contentHandler })).toBe('complete: openai takes conversations only, use chat')
  })

  test('a forced tool in a conversation that is sent as a prompt', async () => {
    const options: LLMCallOptions = { tools: [weatherTool], toolChoice: { any: {} } }
    expect(await chat(hello, options, { messagesToPrompt: () => 'x' })).toContain('toolChoice')
  })

  test('prompts over the transport that has chats only', async () => {
    const overOpenai = new SagemakerEndpoint({ endpointName: 'my-llama', region: 'us-east-1', transport: 'openai' })
    const llm = new SagemakerLLM({ endpoint: overOpenai, messagesToPrompt: 'chatml' })
    expect(await refusal(llm.complete('Hi'))).toContain("'openai'")
    expect(await refusal(llm.chat(hello))).toContain('messagesToPrompt')
  })

  test('a function of the user that throws is the cause, and its message is not ours', async () => {
    const cause = new Error('cannot write: Hi')
    const model: ModelOptions = {
      messagesToPrompt: () => {
        throw cause
      },
    }
    expect(await chat(hello, {}, model)).not.toContain('Hi')
    await expect(new SagemakerLLM({ endpoint, ...model }).chat(hello)).rejects.toMatchObject({ cause })
  })

  test('streams are refused when they are read, not before', async () => {
    const stream = new SagemakerLLM({ endpoint }).streamComplete('Hi', { topP: 2 })
    expect(await refusal(stream[Symbol.asyncIterator]().next())).toContain('topP')
  })
})
