import {
  demoLanguageModel,
  part,
  scripted,
  serviceError,
  stall,
  startLocalRuntime,
  stream,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { collect } from '../views/collect.ts'
import { openai } from '../handlers/openai.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import type { SagemakerLLMOptions } from '../call/model-options.ts'
import type { LLMEndEvent, LLMErrorEvent, LLMEvent, LLMStartEvent, LLMCallbacks } from './llm-callbacks.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      'my-openai': demoLanguageModel({ format: 'openai' }),
      silent: scripted(() =>
        stream([part('data: {"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}\n\n'), stall()]),
      ),
      refusing: scripted(() => serviceError('ThrottlingException')),
    },
  })
})

afterAll(() => runtime.close())

let heard: (readonly [string, LLMEvent])[] = []
const callbacks: LLMCallbacks = {
  onStart: (event) => heard.push(['start', event]),
  onToken: (event) => heard.push(['token', event]),
  onEnd: (event) => heard.push(['end', event]),
  onError: (event) => heard.push(['error', event]),
}

beforeEach(() => {
  heard = []
})

const llmOf = (endpointName: string, options: Partial<SagemakerLLMOptions> = {}): SagemakerLLM =>
  new SagemakerLLM({
    endpointName,
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    retry: { maxAttempts: 1 },
    maxNewTokens: 6,
    callbacks,
    contentHandler: openai(),
    ...options,
  } as SagemakerLLMOptions)

const namesHeard = (): readonly string[] => heard.map(([name]) => name)
const messages = [{ role: 'user', content: 'Hello' }] as const

describe('every way to call the model is told of once', () => {
  test.each([
    ['complete', (llm: SagemakerLLM) => llm.complete('Hello')],
    ['chat', (llm: SagemakerLLM) => llm.chat(messages)],
    ['streamComplete', (llm: SagemakerLLM) => collect(llm.streamComplete('Hello'))],
    ['streamChat', (llm: SagemakerLLM) => collect(llm.streamChat(messages))],
  ] as const)('%s', async (operation, run) => {
    const answer = await run(llmOf('my-openai'))
    const streams = operation.startsWith('stream')
    expect(namesHeard().filter((name) => name !== 'token')).toEqual(['start', 'end'])
    expect(namesHeard().includes('token')).toBe(streams)
    expect(new Set(heard.map(([, { callId }]) => callId)).size).toBe(1)
    expect(heard.every(([, event]) => event.operation === operation && event.endpointName === 'my-openai')).toBe(true)
    const end = heard.at(-1)![1] as LLMEndEvent
    const { text, stopReason, usage, response } = answer
    expect(end).toMatchObject({ aborted: false, text, stopReason, usage, response: { requestId: response.requestId } })
    expect(end.timings.timeToFirstTokenMs !== undefined).toBe(streams)
  })

  test('converse and converseStream are chats', async () => {
    const request = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] } as const
    const llm = llmOf('my-openai')
    await llm.converse(request)
    const { stream: events } = await llm.converseStream(request)
    for await (const _ of events);
    expect(heard.filter(([name]) => name === 'end').map(([, { operation }]) => operation)).toEqual([
      'chat',
      'streamChat',
    ])
  })
})

test('onStart has the options of the call over those of the model', async () => {
  await llmOf('my-openai', { modelName: 'demo', topP: 0.5 }).complete('Hello', { topP: 0.9, seed: 1 })
  const start = heard[0]![1] as LLMStartEvent
  expect(start).toMatchObject({
    modelName: 'demo',
    input: 'Hello',
    options: { temperature: 0.1, maxNewTokens: 6, topP: 0.9, seed: 1 },
  })
})

test('a stream that is left early is aborted, and its request ended', async () => {
  for await (const _ of llmOf('silent').streamChat(messages)) break
  expect(namesHeard()).toEqual(['start', 'token', 'end'])
  expect(heard.at(-1)![1]).toMatchObject({ aborted: true, text: 'Hel' })
  await vi.waitFor(() => expect(runtime.requests.at(-1)!.outcome).toBe('aborted'))
})

test('a call whose signal aborts is aborted, streamed or whole', async () => {
  const controller = new AbortController()
  const streamed = collect(llmOf('silent').streamChat(messages, { signal: controller.signal }))
  await vi.waitFor(() => expect(namesHeard()).toContain('token'))
  controller.abort()
  await expect(streamed).rejects.toMatchObject({ code: 'aborted' })
  expect(heard.at(-1)).toMatchObject(['end', { aborted: true, text: 'Hel' }])

  await expect(llmOf('silent').chat(messages, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  })
  expect(heard.at(-1)).toMatchObject(['end', { aborted: true, operation: 'chat' }])
})

test.each([
  ['a failing request', 'refusing', {}, 'throttled'],
  ['a refused option', 'my-openai', { temperature: -1 }, 'invalid-request'],
] as const)('%s has onError, streamed or whole', async (_, endpointName, options, code) => {
  const llm = llmOf(endpointName, options)
  await expect(llm.chat(messages)).rejects.toMatchObject({ code })
  await expect(collect(llm.streamChat(messages))).rejects.toMatchObject({ code })
  expect(namesHeard()).toEqual(['start', 'error', 'start', 'error'])
  expect((heard.at(-1)![1] as LLMErrorEvent).error).toMatchObject({ code })
})
