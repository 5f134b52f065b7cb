import {
  exception,
  type LocalRuntime,
  part,
  type ReceivedRequest,
  reset,
  scripted,
  stall,
  startLocalRuntime,
  type Step,
  stream,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { events } from './__fixtures__/container-fixture.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'
import { collect } from './views/collect.ts'

// What ends an answer ends the call, whatever the container does with the connection afterwards.

let runtime: LocalRuntime
let llm: SagemakerLLM
let received: ReceivedRequest[]
let steps: readonly Step[]

beforeAll(async () => {
  const container = scripted((request) => {
    received.push(request)
    return stream(steps)
  })
  runtime = await startLocalRuntime({ endpoints: { container } })
  llm = new SagemakerLLM({ endpointName: 'container', ...runtime.connection, timeouts: { idleMs: 20_000 } })
})

afterAll(async () => {
  llm.close()
  await runtime.close()
})

const chunk = (delta: object, finish: string | null): object => ({
  id: 'x',
  choices: [{ index: 0, delta, finish_reason: finish }],
})

/** Streams with the value that ends them. */
const ends: Readonly<Record<string, string>> = {
  "OpenAI's [DONE]": events(chunk({ content: 'Hi' }, 'stop'), '[DONE]'),
  "the last token of TGI's": events(
    { token: { id: 1, text: 'Hi', special: false }, generated_text: null, details: null },
    { token: { id: 2, text: '', special: true }, generated_text: 'Hi', details: { finish_reason: 'eos_token' } },
  ),
  "Ollama's last line":
    '{"message":{"content":"Hi"},"done":false}\n{"message":{"content":""},"done":true,"done_reason":"stop"}\n',
  "Cohere's last event": events(
    { is_finished: false, event_type: 'text-generation', text: 'Hi' },
    { is_finished: true, event_type: 'stream-end', finish_reason: 'COMPLETE', response: { text: 'Hi' } },
  ),
  "the last event of Cohere's API v2": events(
    { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hi' } } } },
    { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
  ),
}

/** What comes after it. */
const afterwards: Readonly<Record<string, readonly Step[]>> = {
  'nothing, on an open connection': [stall()],
  'a reset': [reset()],
  'an exception': [exception('ModelStreamError', { Message: 'late', ErrorCode: 'StreamBroken' })],
  'bytes that mean nothing': [part('<html>502'), stall()],
  'the failure of another call': [part(events({ error: { message: 'late', code: 500 } })), stall()],
}

const rows = Object.entries(ends).flatMap(([end, text]) =>
  Object.entries(afterwards).map(([after, rest]) => ({ end, text, after, rest })),
)

describe('an answer that has ended is complete', () => {
  test.each(rows)('$end, then $after', async ({ text, rest }) => {
    received = []
    steps = [part(text), ...rest]
    const answer = await collect(llm.streamChat([{ role: 'user', content: 'Hello' }]))
    expect(answer).toMatchObject({ text: 'Hi', stopReason: 'end_turn' })
    // The connection is closed, too.
    await vi.waitFor(() => expect(received.map(({ outcome }) => outcome)).not.toContain('pending'), 5_000)
  })

  test.each(Object.keys(ends))('%s, with the end of the response: the connection is kept', async (end) => {
    received = []
    steps = [part(ends[end] ?? '')]
    await collect(llm.streamChat([{ role: 'user', content: 'Hello' }]))
    await vi.waitFor(() => expect(received.map(({ outcome }) => outcome)).toEqual(['finished']), 5_000)
  })
})

test('an answer without an end still waits for more', async () => {
  received = []
  steps = [part(events(chunk({ content: 'Hi' }, 'stop'))), stall()]
  const impatient = new SagemakerLLM({ endpointName: 'container', ...runtime.connection, timeouts: { idleMs: 200 } })
  await expect(collect(impatient.streamChat([{ role: 'user', content: 'Hello' }]))).rejects.toMatchObject({
    code: 'timeout',
  })
  impatient.close()
})
