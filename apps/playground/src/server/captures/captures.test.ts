import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { jinaEmbedding, SagemakerEmbedding } from '@x/sagemaker-embed'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { captureTo } from '@x/sagemaker-endpoint/capture'
import { SagemakerLLM } from '@x/sagemaker-llm'
import {
  containerError,
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  scripted,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { SagemakerClassifier, SagemakerReranker } from '@x/sagemaker-rerank'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { codeSamples } from '../../code/code-samples.ts'
import { recordedCall } from '../../code/recorded-call.ts'
import type { ObservedCall, ObservedCallEvent } from '../../protocol/observed-call.ts'
import type { RunEvent } from '../../protocol/run-event.ts'
import { startServer, type PlaygroundServer } from '../start-server.ts'

let runtime: LocalRuntime
let server: PlaygroundServer
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'))
  await writeFile(join(folder, 'index.html'), '<title>page</title>')
  runtime = await startLocalRuntime({
    endpoints: {
      llm: demoLanguageModel(),
      embed: demoEmbeddingModel(),
      sparse: demoEmbeddingModel({ format: 'tei-sparse' }),
      multi: demoEmbeddingModel({ format: 'jina-colbert' }),
      rerank: demoRerankModel(),
      classify: demoClassificationModel(),
      broken: scripted(() => containerError(400, { error: 'no such parameter' })),
    },
  })
  const setup = { runtimeUrl: runtime.url, region: undefined, profile: undefined, endpoints: [], faults: [] }
  server = await startServer({ pageFolder: folder, port: 0, setup })
})
afterAll(async () => {
  await server.close()
  await runtime.close()
  await rm(folder, { recursive: true, force: true })
})

async function lines<T>(path: string): Promise<T[]> {
  const text = await (await fetch(`${server.url}${path}`)).text()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

/** The call of an endpoint once it has ended. */
async function captured(endpointName: string): Promise<ObservedCall> {
  const leaving = new AbortController()
  const { body } = await fetch(`${server.url}/api/captures`, { signal: leaving.signal })
  let text = ''
  try {
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const events = text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as ObservedCallEvent)
      for (const event of events) {
        if (event.type === 'call' && event.call.endpointName === endpointName && event.call.status !== 'running')
          return event.call
      }
    }
  } finally {
    leaving.abort()
  }
  throw new Error(`no call of ${endpointName}`)
}

const options = (endpointName: string) => ({
  endpointName,
  ...runtime.connection,
  observers: [captureTo(server.url)],
})

/** Runs generated code against the runtime, in place of AWS. */
async function run(code: string): Promise<unknown[]> {
  const printed: unknown[] = []
  const local = <Options extends object, Model>(Class: new (options: Options) => Model) =>
    function construct(given: Options) {
      return new Class({ ...given, ...runtime.connection })
    }
  const names = {
    jinaEmbedding,
    SagemakerLLM: local(SagemakerLLM as never),
    SagemakerEmbedding: local(SagemakerEmbedding as never),
    SagemakerReranker: local(SagemakerReranker as never),
    SagemakerClassifier: local(SagemakerClassifier as never),
    SagemakerEndpoint: local(SagemakerEndpoint as never),
    console: { log: (...values: unknown[]) => printed.push(...values) },
    process: { stdout: { write: (text: string) => printed.push(text) } },
    TextDecoder,
  }
  const body = code.replace(/^import .*$/m, '')
  await (
    runInThisContext(`(async ({ ${Object.keys(names).join(', ')} }) => {${body}})`) as (names: object) => Promise<void>
  )(names)
  return printed
}

const texts = ['The tide is low.', "It's late.", 'Bread rises.']

const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  llm: () =>
    collected(
      new SagemakerLLM({ ...options('llm'), maxNewTokens: 8 }).streamChat([
        { role: 'user', content: "Why is it's so?" },
      ]),
    ),
  embed: () => new SagemakerEmbedding(options('embed')).getTextEmbeddings(texts),
  sparse: () => new SagemakerEmbedding(options('sparse')).getSparseEmbeddings(texts),
  multi: () =>
    new SagemakerEmbedding({ ...options('multi'), contentHandler: jinaEmbedding() }).getMultiVectorEmbeddings(texts),
  rerank: () => new SagemakerReranker(options('rerank')).rerank('tide', texts),
  classify: () => new SagemakerClassifier(options('classify')).classify(texts),
}

async function collected(stream: AsyncIterable<{ readonly delta: string }>): Promise<string> {
  let text = ''
  for await (const { delta } of stream) text += delta
  return text
}

describe('a program that captures to the playground', () => {
  it.each(Object.keys(calls))('shows its call of %s, decoded, and as code that makes it again', async (name) => {
    const answer = await calls[name]!()
    const call = await captured(name)
    expect(call).toMatchObject({ origin: 'program', endpointName: name, status: 'done' })
    const events = await lines<RunEvent>(`/api/captures/${call.id}`)
    expect(events[0]).toMatchObject({ type: 'request' })
    expect(events.at(-1)).toMatchObject({ type: 'end' })
    const text = events.map((event) => (event.type === 'delta' ? event.text : '')).join('')
    expect(text).toBe(typeof answer === 'string' ? answer : '')
    // Every value says which bytes it is made of.
    const body = Buffer.concat(events.map((event) => Buffer.from(event.type === 'part' ? event.bytes : '', 'base64')))
    const values = events.flatMap((event) => (event.type === 'value' && event.value !== '[DONE]' ? [event] : []))
    expect(values.length).toBeGreaterThan(0)
    for (const { start, end, value } of values) expect(JSON.parse(body.subarray(start, end).toString())).toEqual(value)

    const before = runtime.requests.at(-1)
    const request = { mode: 'observed', endpoint: { source: 'aws', name } } as const
    const made = recordedCall({ request, events }, { runtimeUrl: undefined, region: undefined, profile: undefined })
    const [sample] = codeSamples(made!)
    const printed = await run(sample!.code)
    expect(printed.length).toBeGreaterThan(0)
    expect(runtime.requests.at(-1)!.path).toBe(before!.path)
    const inputs = (request: typeof before) => {
      const { inputs, texts, messages, query, data } = JSON.parse(request!.text) as Record<string, unknown>
      return { inputs, texts, messages, query, data }
    }
    expect(inputs(runtime.requests.at(-1))).toEqual(inputs(before))
  })

  it('shows why a call failed', async () => {
    await expect(new SagemakerLLM(options('broken')).complete('Hi')).rejects.toThrow('no such parameter')
    const call = await captured('broken')
    expect(call).toMatchObject({ status: 'failed', code: 'invalid-request' })
    const events = await lines<RunEvent>(`/api/captures/${call.id}`)
    expect(events.at(-1)).toMatchObject({ type: 'error', originalStatusCode: 400, advice: expect.stringMatching(/\w/) })
  })
})

const post = (text: string, path = '/api/captures?origin=file', origin = server.url) =>
  fetch(`${server.url}${path}`, { method: 'POST', body: text, headers: { origin } })

describe('a capture file', () => {
  const header = { type: 'capture', version: 1, startedAt: '2026-01-01T00:00:00.000Z' }
  const text = (...events: object[]) => events.map((event) => JSON.stringify(event)).join('\n')

  it('is decoded, also where calls overlap and one has no end', async () => {
    const part = (callId: string, words: string) => ({
      type: 'part',
      callId,
      at: 1,
      start: 0,
      bytes: Buffer.from(words).toString('base64'),
    })
    const file = text(
      { ...header, callId: 'a', endpointName: 'one' },
      { ...header, callId: 'b', endpointName: 'two' },
      part('b', '{"generated_text":"B"}'),
      part('a', '{"generated_text":'),
      { type: 'end', callId: 'b', at: 2 },
    )
    const { calls } = (await (await post(file)).json()) as { calls: ObservedCall[] }
    expect(calls).toMatchObject([
      { endpointName: 'one', origin: 'file', status: 'failed', code: 'aborted' },
      { endpointName: 'two', origin: 'file', status: 'done' },
    ])
    const events = await lines<RunEvent>(`/api/captures/${calls[1]!.id}`)
    expect(events.find((event) => event.type === 'delta')).toMatchObject({ text: 'B' })
  })

  it.each([
    ['hello', 'Line 1 is not JSON: this is not a capture.'],
    [text({ ...header, version: 2 }), 'Line 1, version: This capture was written in another version of the format.'],
    [text(header, { type: 'part', at: 1, start: 0, bytes: '???' }), 'Line 2, bytes:'],
    [text(header, { type: 'surprise', at: 1 }), 'Line 2, type:'],
  ])('that is none is refused with the line (%#)', async (file, message) => {
    const response = await post(file)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { message: string }).message).toContain(message)
  })

  it('is refused from another site', async () => {
    expect((await post(text(header), '/api/captures', 'https://evil.example')).status).toBe(403)
  })
})

it('the oldest calls are forgotten', { timeout: 60_000 }, async () => {
  const { CaptureHub } = await import('./capture-hub.ts')
  const hub = new CaptureHub()
  const ids = Array.from({ length: 510 }, () => hub.begin('program', 'it', '2026-01-01T00:00:00.000Z'))
  expect(hub.events(ids[0]!, AbortSignal.abort())).toBeUndefined()
  expect(hub.events(ids.at(-1)!, AbortSignal.abort())).toBeDefined()
  hub.clear()
  expect(hub.events(ids.at(-1)!, AbortSignal.abort())).toBeUndefined()
  vi.restoreAllMocks()
})
