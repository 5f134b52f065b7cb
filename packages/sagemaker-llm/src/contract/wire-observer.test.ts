import { demoLanguageModel, parts, scripted, startLocalRuntime, stream, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import type { WireObserver } from './wire-observer.ts'

const events = ['Café', ' 東京'].map(
  (content) => `data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`,
)
const body = `${events.join('')}data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`
const messages = [{ role: 'user', content: 'Hi' }] as const

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: { 'my-llama': demoLanguageModel(), 'my-script': scripted(() => stream(parts(body, { size: 7 }))) },
  })
})
afterAll(() => runtime.close())

function modelWith(wireObserver: WireObserver, endpointName = 'my-script') {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  return new SagemakerLLM({ endpointName, region: 'us-east-1', endpoint: runtime.url, credentials, wireObserver })
}

function recorder() {
  const seen: { name: string; what: unknown; start?: number; end?: number }[] = []
  const wireObserver: WireObserver = {
    onRequest: ({ body }) => seen.push({ name: 'request', what: new TextDecoder().decode(body) }),
    onPart: (bytes) => seen.push({ name: 'part', what: bytes.slice() }),
    onLine: (what, range) => seen.push({ name: 'line', what, ...range }),
    onValue: (what, range) => seen.push({ name: 'value', what, ...range }),
  }
  return { seen, wireObserver, of: (name: string) => seen.filter((one) => one.name === name) }
}

const joined = (chunks: readonly unknown[]) => Buffer.concat(chunks as Uint8Array[])

describe('a wire observer', () => {
  test('sees request, parts, lines and values of a stream, and each value is the `raw` of its fragments', async () => {
    const { wireObserver, of, seen } = recorder()
    const raw: unknown[] = []
    for await (const chunk of modelWith(wireObserver).streamChat(messages)) if (chunk.delta !== '') raw.push(chunk.raw)
    expect(seen[0]).toMatchObject({ name: 'request', what: expect.stringContaining('"messages"') })
    expect(of('request')).toHaveLength(1)
    const received = joined(of('part').map(({ what }) => what))
    expect(received.toString()).toBe(body)
    expect(of('part').length).toBeGreaterThan(20)
    expect(of('line').map(({ what }) => what)).toEqual(body.split('\n').slice(0, -1))
    for (const { what, start, end } of of('line')) expect(received.subarray(start, end).toString()).toBe(what)
    for (const { what, start, end } of of('value').slice(0, 3))
      expect(JSON.parse(received.subarray(start, end).toString())).toEqual(what)
    expect(of('value')[0]!.what).toBe(raw[0])
    expect(of('value')[1]!.what).toBe(raw[1])
  })

  test('sees a whole answer as one part with one value', async () => {
    const { wireObserver, of } = recorder()
    const { raw } = await modelWith(wireObserver, 'my-llama').complete('The sea', { maxNewTokens: 4 })
    const [part, ...others] = of('part')
    expect(others).toEqual([])
    expect(JSON.parse(joined([part!.what]).toString())).toEqual(raw)
    expect(of('value')).toEqual([{ name: 'value', what: raw, start: 0, end: (part!.what as Uint8Array).length }])
    expect(of('value')[0]!.what).toBe(raw)
  })

  test('sees lines and values of a stream that nobody asked for', async () => {
    const { wireObserver, of } = recorder()
    const { text } = await modelWith(wireObserver).chat(messages)
    expect(text).toBe('Café 東京')
    expect(of('part')).toHaveLength(1)
    expect(of('line').map(({ what }) => what)).toEqual(body.split('\n').slice(0, -1))
    expect(of('value')).toHaveLength(4)
  })

  test('cannot break a call', async () => {
    const fail = () => {
      throw new Error('observer')
    }
    const model = modelWith({ onRequest: fail, onPart: fail, onLine: fail, onValue: fail })
    expect((await model.chat(messages)).text).toBe('Café 東京')
    const deltas: string[] = []
    for await (const { delta } of model.streamChat(messages)) deltas.push(delta)
    expect(deltas.join('')).toBe('Café 東京')
  })
})
