import type { CodecRequest } from '@x/bedrock-like-types'
import { type LocalRuntime, part, scripted, serviceError, startLocalRuntime, stream } from '@x/sagemaker-local'
import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openai } from '../handlers/openai.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import { collect } from '../views/collect.ts'
import type { LLMCallOptions } from './model-options.ts'

const values = [
  { choices: [{ index: 0, delta: { content: 'Hel' }, finish_reason: null }] },
  { choices: [{ index: 0, delta: { content: 'lo' }, finish_reason: 'stop' }] },
]
const body = `${values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')}data: [DONE]\n\n`

let runtime: LocalRuntime
let llm: SagemakerLLM

beforeAll(async () => {
  const container = scripted(() => stream([part(body)]))
  const busyAtFirst = scripted(({ index }) =>
    index % 2 === 0 ? serviceError('ThrottlingException') : stream([part(body)]),
  )
  runtime = await startLocalRuntime({ endpoints: { container, 'busy-at-first': busyAtFirst } })
  llm = new SagemakerLLM({ endpointName: 'container', ...runtime.connection, contentHandler: openai() })
})

afterAll(async () => {
  llm.close()
  await runtime.close()
})

/** Every way to call the model. */
const calls: Readonly<Record<string, (options: LLMCallOptions, model?: SagemakerLLM) => Promise<unknown>>> = {
  complete: (options, model = llm) => model.complete('Hi', options),
  streamComplete: (options, model = llm) => collect(model.streamComplete('Hi', options)),
  chat: (options, model = llm) => model.chat([{ role: 'user', content: 'Hi' }], options),
  streamChat: (options, model = llm) => collect(model.streamChat([{ role: 'user', content: 'Hi' }], options)),
  streamParts: (options, model = llm) => all(model.streamParts('Hi', options)),
  converse: (options, model = llm) =>
    model.converse({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }, options),
  converseStream: async (options, model = llm) => {
    const { stream: events } = await model.converseStream(
      { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
      options,
    )
    return all(events)
  },
}

describe.each(Object.entries(calls))('the hooks of one call of %s', (_, call) => {
  test('get the request before it is sent, then every value of the answer', async () => {
    const seen: unknown[] = []
    await call({
      onRequest: ({ body: sent, contentType, warnings }: CodecRequest) =>
        seen.push([JSON.parse(new TextDecoder().decode(sent)) !== undefined, contentType, warnings]),
      onResponse: ({ statusCode }) => seen.push(statusCode),
      onValue: (value) => seen.push(value),
    })
    expect(seen.slice(0, 4)).toEqual([[true, 'application/json', []], 200, ...values])
  })

  test('cannot affect it, and their first failure is a warning', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const expected = JSON.stringify(await call({}), withoutTimes)
    const onRequest = (): never => {
      throw new Error('sync')
    }
    const onValue = (): Promise<never> => Promise.reject(new Error('async'))
    for (const again of [1, 2]) {
      expect([again, JSON.stringify(await call({ onRequest, onValue }), withoutTimes)]).toEqual([again, expected])
    }
    await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(2))
    expect(warned.mock.calls.map(([warning]) => (warning as Error).name)).toEqual([
      'SagemakerHookWarning',
      'SagemakerHookWarning',
    ])
    warned.mockRestore()
  })
})

describe.each(Object.entries(calls))('the option `within` of %s', (_, call) => {
  test('runs the sending of the request, once, and gives its context to the attempts', async () => {
    const context = new AsyncLocalStorage<string>()
    const seen: (string | undefined)[] = []
    const model = new SagemakerLLM({
      endpointName: 'busy-at-first',
      ...runtime.connection,
      contentHandler: openai(),
      retry: { baseDelayMs: 1, onRetry: () => seen.push(context.getStore()) },
    })
    let sent = 0
    await call(
      {
        within: (send) => {
          sent++
          return context.run('the span', send)
        },
      },
      model,
    )
    model.close()
    expect([sent, seen]).toEqual([1, ['the span']])
  })

  test('fails the call with what it throws', async () => {
    const error = new Error('no span')
    const failing = (): never => {
      throw error
    }
    await expect(call({ within: failing })).rejects.toBeInstanceOf(Error)
  })
})

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

function withoutTimes(name: string, value: unknown): unknown {
  return ['response', '$metadata', 'metrics', 'timings', 'id'].includes(name) ? undefined : value
}
