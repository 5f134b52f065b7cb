import { runInThisContext } from 'node:vm'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { openai, SagemakerLLM } from '@x/sagemaker-llm'
import { demoLanguageModel, replay, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unicodeModel } from '../demo/unicode-model.ts'
import type { RunEvent } from '../protocol/run-event.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import { EndpointPool } from '../server/endpoint-pool.ts'
import { runCall } from '../server/run-call.ts'
import { recordedCall } from './recorded-call.ts'
import { testCode } from './test-code.ts'

let runtime: LocalRuntime
let pool: EndpointPool
beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: { 'demo-unicode': unicodeModel(0), 'demo-openai': demoLanguageModel({ format: 'openai' }) },
  })
  pool = new EndpointPool({ runtimeUrl: runtime.url, region: undefined, profile: undefined })
})
afterAll(async () => {
  pool.close()
  await runtime.close()
})

const chat: RunRequest = {
  mode: 'chat',
  messages: [{ role: 'user', content: "What's in it?" }],
  endpoint: { source: 'local', name: 'demo-unicode' },
  parameters: { maxNewTokens: 20, seed: 1 },
  stream: true,
}

async function eventsOf(request: RunRequest): Promise<RunEvent[]> {
  const channel = runCall(pool, request, new AbortController().signal)
  const events: RunEvent[] = []
  for (let batch = await channel.take(); batch !== undefined; batch = await channel.take()) events.push(...batch)
  return events
}

/** Runs a generated test as Vitest would; rejects where it fails. */
async function runTest(code: string): Promise<string> {
  let name = ''
  let running: Promise<void> | undefined
  const names = {
    SagemakerEndpoint,
    SagemakerLLM,
    openai,
    demoLanguageModel,
    replay,
    startLocalRuntime,
    expect,
    test: (title: string, run: () => Promise<void>) => {
      name = title
      running = run()
    },
  }
  const body = code.replaceAll(/^import .*$/gm, '')
  ;(runInThisContext(`(({ ${Object.keys(names).join(', ')} }) => {${body}})`) as (names: object) => void)(names)
  await running
  return name
}

const setup = { runtimeUrl: undefined, region: undefined, profile: undefined }
const codeOf = (request: RunRequest, events: readonly RunEvent[]): string =>
  testCode(recordedCall({ request, events: [...events] }, setup)!, events).code

describe('a call as a test', () => {
  it.each<[string, RunRequest]>([
    ['demo-unicode answers', chat],
    [
      'demo-openai answers',
      {
        mode: 'complete',
        prompt: 'The tide',
        endpoint: { source: 'local', name: 'demo-openai', handler: 'openai' },
        parameters: { maxNewTokens: 9 },
        stream: false,
      },
    ],
    ['demo-unicode fails with stream-interrupted', { ...chat, fault: { id: 'disconnect', values: {} } }],
    ['demo-unicode fails with stream-corrupt', { ...chat, fault: { id: 'message-checksum', values: {} } }],
    ['demo-unicode fails with throttled', { ...chat, fault: { id: 'refused-throttling', values: {} } }],
    ['demo-unicode answers', { ...chat, fault: { id: 'small-parts', values: {} } }],
  ])('passes: %s', { timeout: 90_000 }, async (name, request) => {
    expect(await runTest(codeOf(request, await eventsOf(request)))).toBe(name)
  })

  it('passes for a call of another program, by its bytes', async () => {
    const events = await eventsOf(chat)
    const request = { mode: 'observed', endpoint: { source: 'aws', name: 'other' } } as const
    const { code } = testCode(recordedCall({ request, events }, setup)!, events)
    expect(await runTest(code)).toBe('other answers')
  })

  it('fails where the client no longer reads what it read', async () => {
    const code = codeOf(chat, await eventsOf(chat))
    const other = code.replace(/(expect\(received\)\.toBe\(')/, '$1not ')
    expect(other).not.toBe(code)
    await expect(runTest(other)).rejects.toThrow(/expected/)
  })
})
