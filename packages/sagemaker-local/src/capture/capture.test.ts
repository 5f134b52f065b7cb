import { InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test, vi } from 'vitest'
import {
  containerError,
  demoLanguageModel,
  modelStreamError,
  pause,
  record,
  replay,
  reset,
  scripted,
  serviceError,
  startLocalRuntime,
  stream,
  type LocalEndpoint,
} from '../index.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'
import { parseCapture } from './capture.ts'

const request = { EndpointName: 'e', Body: '{"inputs":"hi"}', ContentType: 'application/json' }

async function streamed(model: LocalEndpoint) {
  await using runtime = await startLocalRuntime({ endpoints: { e: model } })
  try {
    const { Body, ContentType } = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request))
    return { contentType: ContentType, ...(await readParts(Body)) }
  } catch (error) {
    return { parts: [], error, contentType: undefined }
  }
}

async function recorded(model: LocalEndpoint): Promise<string> {
  const captures: string[] = []
  await streamed(record(model, (capture) => captures.push(capture)))
  expect(captures).toHaveLength(1)
  return captures[0]!
}

const events = (capture: string) =>
  capture
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

test('a capture has a line about the call, then one per event', async () => {
  const capture = await recorded(scripted(() => stream(['grü', pause(30), 'ße'])))
  expect(events(capture)).toEqual([
    { type: 'capture', version: 1, startedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    {
      type: 'request',
      at: 0,
      operation: 'InvokeEndpointWithResponseStream',
      contentType: 'application/json',
      body: '{"inputs":"hi"}',
    },
    { type: 'response', at: expect.any(Number), statusCode: 200, contentType: 'text/event-stream' },
    { type: 'part', at: expect.any(Number), start: 0, bytes: Buffer.from('grü').toString('base64') },
    { type: 'part', at: expect.any(Number), start: 4, bytes: Buffer.from('ße').toString('base64') },
    { type: 'end', at: expect.any(Number) },
  ])
  const [first, second] = parseCapture(capture).events.filter(({ type }) => type === 'part')
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(25)
})

describe('a replay is what was recorded', () => {
  test.each([
    ['a whole stream', scripted(() => stream(['a', 'b'], { contentType: 'text/x' }))],
    ['a broken one', scripted(() => ['a', reset()])],
    ['one that took too long', scripted(() => ['a', modelStreamError('ModelInvocationTimeExceeded')])],
    ['an error', scripted(() => containerError(422, { error: 'no' }))],
  ])('%s', async (_, model) => {
    const original = await streamed(model)
    const again = await streamed(replay(await recorded(model), { speed: Infinity }))
    expect(again.parts).toEqual(original.parts)
    expect(again.contentType).toBe(original.contentType)
    const facts = (error: unknown) =>
      error && [(error as Error).name, (error as { OriginalMessage?: string }).OriginalMessage]
    expect(facts(again.error)).toEqual(facts(original.error))
  })

  test('a script that crashed is a broken stream', async () => {
    const crash = scripted(function* () {
      yield 'a'
      throw new Error('crash')
    })
    expect(await streamed(replay(await recorded(crash), { speed: Infinity }))).toMatchObject({
      parts: ['a'],
      error: { code: 'ECONNRESET' },
    })
  })

  test('at its own pace, or at another one', async () => {
    const capture = await recorded(scripted(() => ['a', pause(200), 'b']))
    const timed = async (speed: number) => {
      const started = performance.now()
      await streamed(replay(capture, { speed }))
      return performance.now() - started
    }
    expect(await timed(1)).toBeGreaterThan(190)
    expect(await timed(0.5)).toBeGreaterThan(390)
  })

  test('a demo model, token by token', async () => {
    const capture = await recorded(demoLanguageModel())
    expect(await streamed(replay(capture))).toEqual(await streamed(demoLanguageModel()))
  })
})

test('a call that is left early is recorded, too', async () => {
  const captures: string[] = []
  const endless = scripted(async function* () {
    for (;;) yield* ['tick', pause(5)]
  })
  await using runtime = await startLocalRuntime({
    endpoints: { e: record(endless, (capture) => captures.push(capture)) },
  })
  const caller = new AbortController()
  const { Body } = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request), {
    abortSignal: caller.signal,
  })
  await Body?.[Symbol.asyncIterator]().next()
  caller.abort()
  await runtime.idle()
  await expect.poll(() => captures.length).toBe(1)
  expect(events(captures[0]!).at(-1)).toMatchObject({ type: 'error', code: 'aborted' })
})

test.each([
  [
    'throws',
    () => {
      throw new Error('ENOSPC')
    },
  ],
  ['rejects', () => Promise.reject(new Error('ENOSPC'))],
])('a recorder that %s fails no call', async (_, onCapture) => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  try {
    for (const script of [
      () => stream(['a', 'b']),
      () => containerError(500, 'broken'),
      () => serviceError('ThrottlingException'),
    ]) {
      const model = scripted(script)
      warn.mockClear()
      const outcome = async (endpoint: LocalEndpoint) => {
        const { parts, error } = await streamed(endpoint)
        return { parts, error: error instanceof Error ? error.message : error }
      }
      expect(await outcome(record(model, onCapture))).toEqual(await outcome(model))
      expect(warn).toHaveBeenCalledExactlyOnceWith('A call could not be recorded: Error: ENOSPC', 'LocalRuntimeWarning')
    }
  } finally {
    warn.mockRestore()
  }
})

test.each([
  ['', 'Line 1: this is no capture file.'],
  ['{"type":"end","at":1}', 'Line 1: this is no capture file.'],
  ['{"type":"capture","version":2}', 'Line 1: version 2 is not known here, only 1.'],
  ['{"type":"capture","version":1}\n\nnonsense', 'Line 3: this is not JSON.'],
  ['{"type":"capture","version":1}\n{"type":"part","at":1}', 'Line 2: the part has no bytes.'],
  ['{"type":"capture","version":1}\n{"type":"end"}', 'Line 2: the event has no time.'],
])('refuses %j', (text, message) => {
  expect(() => replay(text)).toThrow(message)
})

test('events of other programs are skipped', () => {
  const lines = [
    '{"type":"capture","version":1,"startedAt":"2026-01-01T00:00:00Z","request":{}}',
    '{"type":"delta","at":1}',
    '{"type":"end","at":2}',
  ]
  expect(parseCapture(lines.join('\r\n')).events).toEqual([{ type: 'end', at: 2 }])
})

test('calls that overlap in a file are separated', () => {
  const lines = [
    '{"type":"capture","version":1,"callId":"a","startedAt":"2026-01-01T00:00:00Z"}',
    '{"type":"capture","version":1,"callId":"b","startedAt":"2026-01-02T00:00:00Z"}',
    '{"type":"part","callId":"b","at":1,"start":0,"bytes":"Yg=="}',
    '{"type":"part","callId":"a","at":2,"start":0,"bytes":"YQ=="}',
    '{"type":"end","callId":"b","at":3}',
  ]
  const bytesOf = (call?: number) =>
    parseCapture(lines.join('\n'), call).events.flatMap((event) => (event.type === 'part' ? event.bytes : []))
  expect([bytesOf(), bytesOf(1)]).toEqual([['YQ=='], ['Yg==']])
  expect(() => replay(lines.join('\n'), { call: 2 })).toThrow('There is no call 2: the file has 2.')
})
