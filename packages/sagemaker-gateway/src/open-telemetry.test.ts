import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { containerError, demoLanguageModel, scripted } from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type GatewayFixture, startGateway } from './test-support/gateway-fixture.ts'

const exporter = new InMemorySpanExporter()
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
const tracer = provider.getTracer('gateway')
let fixture: GatewayFixture

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const down = scripted(() => containerError(500, 'out of memory'))
  const endpoints = { down, good: demoLanguageModel({ format: 'openai' }) }
  fixture = await startGateway(endpoints, { down: { fallback: ['good'] } }, { telemetry: { tracer } })
})
afterAll(async () => {
  context.disable()
  await Promise.all([fixture?.[Symbol.asyncDispose](), provider.shutdown()])
})

const messages = [{ role: 'user', content: 'A secret of the client' }]

test.each([
  ['/v1/chat/completions', { messages, max_tokens: 4 }],
  ['/v1/responses', { input: 'A secret of the client', max_output_tokens: 4 }],
  ['/v1/messages', { messages, max_tokens: 4 }],
])('%s: one span for each endpoint that is asked, whole and streamed, without texts', async (path, body) => {
  for (const stream of [false, true]) {
    exporter.reset()
    await (await fixture.post(path, { model: 'down', stream, ...body })).text()
    await vi.waitFor(() => expect(exporter.getFinishedSpans()).toHaveLength(2))
    const [failed, answered] = exporter.getFinishedSpans()
    expect([failed!.name, answered!.name]).toEqual(['chat down', 'chat good'])
    expect(failed!.attributes).toMatchObject({ 'error.type': 'model-error' })
    expect(answered!.attributes).toMatchObject({ 'gen_ai.usage.output_tokens': 4 })
    const texts = JSON.stringify([failed!, answered!].map(({ attributes, events }) => ({ attributes, events })))
    expect(texts).not.toContain('A secret')
  }
})

test('a span is the child of the one that the host of the gateway has for the request', async () => {
  exporter.reset()
  const body = JSON.stringify({ model: 'good', messages, max_tokens: 2 })
  await tracer.startActiveSpan('request', async (span) => {
    await fixture.gateway.fetch(new Request('http://gateway/v1/chat/completions', { method: 'POST', body }))
    span.end()
  })
  const [call, request] = exporter.getFinishedSpans()
  expect(call!.parentSpanContext?.spanId).toBe(request!.spanContext().spanId)
  expect(trace.getActiveSpan()).toBeUndefined()
})
