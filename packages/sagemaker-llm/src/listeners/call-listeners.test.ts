import type { ChatChunk, ChatResponse, ModelResponseMetadata } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { ResponseStream } from '@x/stream-core'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { partsOfChunk } from '../views/collect.ts'
import { ChatChunks } from '../views/chat-chunks.ts'
import { listenToStream, listenToWhole, llmCallListeners } from './call-listeners.ts'
import type { LLMCall } from './llm-call.ts'
import type { LLMCallbacks, LLMEndEvent, LLMErrorEvent, LLMStartEvent, LLMTokenEvent } from './llm-callbacks.ts'

const call: LLMCall = {
  operation: 'streamChat',
  endpointName: 'my-llama',
  input: [{ role: 'user', content: 'Hi' }],
  options: { temperature: 0.1 },
}

const response: ModelResponseMetadata = { requestId: 'r-1', attempts: 1, timings: {}, warnings: [] }
const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5, raw: {} }

const chunks: readonly ChatChunk[] = [
  { delta: '', text: '', reasoningDelta: 'hm', raw: 1 },
  { delta: 'Hel', text: 'Hel', raw: 2 },
  { delta: 'lo', text: 'Hello', raw: 3 },
  { delta: '', text: 'Hello', toolCallDelta: { index: 0, id: 't1', name: 'f' }, raw: 4 },
  { delta: '', text: 'Hello', toolCallDelta: { index: 0, input: '{"a":' }, raw: 4 },
  { delta: '', text: 'Hello', toolCallDelta: { index: 0, input: '1}' }, raw: 5 },
  { delta: '', text: 'Hello', stopReason: 'tool_use', rawStopReason: 'tool_calls', usage, response, raw: 6 },
]

const answer: ChatResponse = {
  message: { role: 'assistant', content: [{ text: 'Hello' }] },
  text: 'Hello',
  toolCalls: [],
  stopReason: 'end_turn',
  rawStopReason: 'stop',
  usage,
  raw: {},
  response,
}

type Heard =
  | { readonly name: 'start'; readonly event: LLMStartEvent }
  | { readonly name: 'token'; readonly event: LLMTokenEvent }
  | { readonly name: 'end'; readonly event: LLMEndEvent }
  | { readonly name: 'error'; readonly event: LLMErrorEvent }

function listen(): { readonly heard: Heard[]; readonly callbacks: LLMCallbacks; readonly namesHeard: () => string[] } {
  const heard: Heard[] = []
  const callbacks: LLMCallbacks = {
    onStart: (event) => heard.push({ name: 'start', event }),
    onToken: (event) => heard.push({ name: 'token', event }),
    onEnd: (event) => heard.push({ name: 'end', event }),
    onError: (event) => heard.push({ name: 'error', event }),
  }
  return { heard, callbacks, namesHeard: () => heard.map(({ name }) => name) }
}

/** A source that records whether it was closed. */
function source(
  items: readonly ChatChunk[],
  then: () => Promise<void> = async () => {},
): { readonly state: { closed: boolean }; readonly open: () => AsyncGenerator<ChatChunk> } {
  const state = { closed: false }
  return {
    state,
    async *open() {
      try {
        yield* items
        await then()
      } finally {
        state.closed = true
      }
    },
  }
}

const observed = (
  callbacks: LLMCallbacks,
  open: (signal: AbortSignal) => AsyncIterable<ChatChunk>,
): ResponseStream<ChatChunk> => {
  const listeners = llmCallListeners({ callbacks })
  return listenToStream(
    () => listeners.start(call),
    async () =>
      ResponseStream.from(open).pipeDecoder(() => ({ push: (chunk) => partsOfChunk(chunk), flush: () => [] })),
    () => new ChatChunks(),
  )
}

const lastEvent = (heard: readonly Heard[]): LLMEndEvent => {
  const last = heard.at(-1)
  if (last?.name !== 'end') throw new Error('expected onEnd last')
  return last.event
}

describe('a stream', () => {
  test('is told of in order: start, every fragment, end', async () => {
    const { heard, callbacks, namesHeard } = listen()
    const seen: ChatChunk[] = []
    for await (const chunk of observed(callbacks, source(chunks).open)) seen.push(chunk)

    expect(seen).toEqual(chunks)
    expect(namesHeard()).toEqual(['start', 'token', 'token', 'token', 'token', 'token', 'token', 'end'])
    expect(new Set(heard.map(({ event }) => event.callId)).size).toBe(1)
    expect(heard.every(({ event }) => event.operation === 'streamChat' && event.endpointName === 'my-llama')).toBe(true)
    expect(heard[0]!.event).toMatchObject({ input: call.input, options: call.options })
    const tokens = heard.flatMap((entry) => (entry.name === 'token' ? [entry.event] : []))
    expect(tokens.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
    expect(tokens.map(({ delta }) => delta).join('')).toBe('Hello')
    expect(tokens[0]!.reasoningDelta).toBe('hm')
    expect(tokens[3]!.toolCallDelta).toMatchObject({ name: 'f' })
    expect(lastEvent(heard)).toMatchObject({
      aborted: false,
      text: 'Hello',
      reasoning: 'hm',
      toolCalls: [{ id: 't1', name: 'f', input: { a: 1 }, inputText: '{"a":1}' }],
      stopReason: 'tool_use',
      rawStopReason: 'tool_calls',
      usage,
      response,
    })
  })

  test('has times: the first fragment is not after the end, and neither is before the start', async () => {
    const { heard, callbacks } = listen()
    for await (const _ of observed(callbacks, source(chunks).open));
    const { timeToFirstTokenMs, durationMs } = lastEvent(heard).timings
    expect(timeToFirstTokenMs).toBeGreaterThanOrEqual(0)
    expect(durationMs).toBeGreaterThanOrEqual(timeToFirstTokenMs!)
  })

  test('begins with the first item that is asked for, and is a call of its own each time', async () => {
    const { heard, callbacks } = listen()
    const stream = observed(callbacks, source(chunks).open)
    expect(heard).toEqual([])
    for await (const _ of stream);
    for await (const _ of stream);
    expect(heard.filter(({ name }) => name === 'start')).toHaveLength(2)
    expect(new Set(heard.map(({ event }) => event.callId)).size).toBe(2)
  })

  test('that is left early is aborted, not failed, and its source is closed', async () => {
    const { heard, callbacks, namesHeard } = listen()
    const { open, state } = source(chunks)
    for await (const chunk of observed(callbacks, open)) if (chunk.text === 'Hel') break
    expect(namesHeard()).toEqual(['start', 'token', 'token', 'end'])
    expect(lastEvent(heard)).toMatchObject({ aborted: true, text: 'Hel', stopReason: undefined, usage: undefined })
    await vi.waitFor(() => expect(state.closed).toBe(true))
  })

  test('that is unsubscribed from while it is silent is aborted at once', async () => {
    const { heard, callbacks, namesHeard } = listen()
    const subscription = observed(callbacks, source(chunks.slice(0, 2), () => new Promise(() => {})).open).subscribe()
    await vi.waitFor(() => expect(namesHeard()).toEqual(['start', 'token', 'token']))
    subscription.unsubscribe()
    expect(lastEvent(heard).aborted).toBe(true)
  })

  test('whose caller aborts is aborted, not failed', async () => {
    const { heard, callbacks } = listen()
    const aborted = (): Promise<never> => Promise.reject(new SagemakerError('aborted', 'aborted'))
    const run = async (): Promise<void> => {
      for await (const _ of observed(callbacks, source(chunks.slice(0, 2), aborted).open));
    }
    await expect(run()).rejects.toMatchObject({ code: 'aborted' })
    expect(lastEvent(heard)).toMatchObject({ aborted: true, text: 'Hel' })
  })

  test('that fails half-way has onError after its fragments', async () => {
    const { heard, callbacks, namesHeard } = listen()
    const error = new SagemakerError('stream-interrupted', 'reset')
    const run = async (): Promise<void> => {
      for await (const _ of observed(callbacks, source(chunks.slice(0, 2), () => Promise.reject(error)).open));
    }
    await expect(run()).rejects.toBe(error)
    expect(namesHeard()).toEqual(['start', 'token', 'token', 'error'])
    expect(heard.at(-1)!.event).toMatchObject({ error, timings: { durationMs: expect.any(Number) } })
  })

  test('that cannot be opened has onStart and onError', async () => {
    const { callbacks, namesHeard } = listen()
    const refuse = (): never => {
      throw new SagemakerError('invalid-request', 'no')
    }
    await expect(observed(callbacks, refuse)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'invalid-request',
    })
    expect(namesHeard()).toEqual(['start', 'error'])
  })

  test('whose iterator is forgotten half-way is aborted, and its source closed', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const { heard, callbacks } = listen()
    const { open, state } = source(chunks)
    const takeOne = async (): Promise<void> => {
      await observed(callbacks, open)[Symbol.asyncIterator]().next()
    }
    await takeOne()
    await vi.waitFor(
      () => {
        collectGarbage()
        expect(heard.at(-1)!.name).toBe('end')
      },
      { timeout: 20_000, interval: 20 },
    )
    expect(lastEvent(heard).aborted).toBe(true)
    await vi.waitFor(() => expect(state.closed).toBe(true))
  }, 30_000)
})

describe('a call whose answer comes whole', () => {
  const whole: LLMCall = { ...call, operation: 'chat' }

  test('has a start and an end', async () => {
    const { heard, callbacks, namesHeard } = listen()
    expect(await listenToWhole(llmCallListeners({ callbacks }).start(whole), async () => answer)).toBe(answer)
    expect(namesHeard()).toEqual(['start', 'end'])
    expect(lastEvent(heard)).toMatchObject({ aborted: false, text: 'Hello', stopReason: 'end_turn', usage, response })
    expect(lastEvent(heard).timings.timeToFirstTokenMs).toBeUndefined()
  })

  test('has a start and an error', async () => {
    const { callbacks, namesHeard } = listen()
    const error = new SagemakerError('throttled', 'slow down')
    await expect(listenToWhole(llmCallListeners({ callbacks }).start(whole), () => Promise.reject(error))).rejects.toBe(
      error,
    )
    expect(namesHeard()).toEqual(['start', 'error'])
  })

  test('that is aborted has an end', async () => {
    const { heard, callbacks } = listen()
    const run = (): Promise<never> => Promise.reject(new SagemakerError('aborted', 'aborted'))
    await expect(listenToWhole(llmCallListeners({ callbacks }).start(whole), run)).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(lastEvent(heard)).toMatchObject({ aborted: true, text: '' })
  })
})

describe('a callback that throws', () => {
  const warningsOf = async (run: () => Promise<void>): Promise<string[]> => {
    const warnings: string[] = []
    const note = (warning: Error): void => {
      if (warning.name === 'SagemakerHookWarning') warnings.push(warning.message)
    }
    process.on('warning', note)
    try {
      await run()
      // Warnings are emitted on the next tick; rejections of callbacks are heard of in microtasks before it.
      await new Promise((resolve) => setTimeout(resolve, 10))
    } finally {
      process.off('warning', note)
    }
    return warnings
  }

  test('changes nothing, and is reported once', async () => {
    const { callbacks, namesHeard } = listen()
    const throwing: LLMCallbacks = {
      ...callbacks,
      onToken: () => {
        throw new TypeError('my bug')
      },
    }
    const seen: ChatChunk[] = []
    const warnings = await warningsOf(async () => {
      for await (const chunk of observed(throwing, source(chunks).open)) seen.push(chunk)
    })
    expect(seen).toEqual(chunks)
    expect(namesHeard()).toEqual(['start', 'end'])
    expect(warnings).toEqual([expect.stringMatching(/^The hook onToken failed: TypeError /)])
  })

  test('that rejects is reported as well, and no unhandled rejection', async () => {
    const rejecting: LLMCallbacks = { onEnd: async () => Promise.reject(new Error('later')) }
    const warnings = await warningsOf(async () => {
      await listenToWhole(llmCallListeners({ callbacks: rejecting }).start(call), async () => answer)
    })
    expect(warnings).toEqual([expect.stringMatching(/^The hook onEnd failed: Error /)])
  })
})
