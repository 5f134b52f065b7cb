import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { demoLanguageModel, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { collect } from '../views/collect.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'

const spans = new InMemorySpanExporter()
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
let runtime: LocalRuntime

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  runtime = await startLocalRuntime({ endpoints: { 'my-llama': demoLanguageModel() } })
})

beforeEach(() => spans.reset())

afterAll(async () => {
  context.disable()
  await Promise.all([runtime.close(), provider.shutdown()])
})

/** A model whose requests note the span that is active while they are signed. */
function traced(): { readonly llm: SagemakerLLM; readonly activeSpans: (string | undefined)[] } {
  const activeSpans: (string | undefined)[] = []
  const llm = new SagemakerLLM({
    endpointName: 'my-llama',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: async () => {
      activeSpans.push(trace.getActiveSpan()?.spanContext().spanId)
      return { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
    },
    maxNewTokens: 4,
    seed: 7,
    telemetry: { tracer: provider.getTracer('my-app') },
  })
  return { llm, activeSpans }
}

test.each([
  ['text_completion', (llm: SagemakerLLM) => llm.complete('Hello')],
  ['text_completion', (llm: SagemakerLLM) => collect(llm.streamComplete('Hello'))],
  ['chat', (llm: SagemakerLLM) => llm.chat([{ role: 'user', content: 'Hello' }])],
  ['chat', (llm: SagemakerLLM) => collect(llm.streamChat([{ role: 'user', content: 'Hello' }]))],
] as const)('a %s has one span, which is active while the request is sent', async (operation, run) => {
  const { llm, activeSpans } = traced()
  const answer = await run(llm)
  const [span, ...others] = spans.getFinishedSpans()
  expect(others).toEqual([])
  expect(span!.name).toBe(`${operation} my-llama`)
  expect(span!.attributes).toMatchObject({
    'gen_ai.request.temperature': 0.1,
    'gen_ai.request.max_tokens': 4,
    'gen_ai.response.finish_reasons': [answer.stopReason],
    'gen_ai.usage.output_tokens': 4,
    'aws.request_id': answer.response.requestId,
  })
  expect(activeSpans.length).toBeGreaterThan(0)
  expect(new Set(activeSpans)).toEqual(new Set([span!.spanContext().spanId]))
})
