import type { ChatChunk, ChatResponse, ModelResponseMetadata } from '@x/bedrock-like-types'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type HistogramMetricData,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { ResponseStream } from '@x/stream-core'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ChatChunks } from '../views/chat-chunks.ts'
import { partsOfChunk } from '../views/collect.ts'
import { type ListenedLLMCall, listenToStream, listenToWhole, llmCallListeners } from './call-listeners.ts'
import type { LLMCall } from './llm-call.ts'

const spans = new InMemorySpanExporter()
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const tracer = tracerProvider.getTracer('test')

const measurements = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: measurements, exportIntervalMillis: 1_000_000 })],
})
const meter = meterProvider.getMeter('test')

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})

beforeEach(async () => {
  await meterProvider.forceFlush()
  measurements.reset()
  spans.reset()
})

afterAll(async () => {
  context.disable()
  await Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()])
})

const secret = 'my darkest secret'
const call: LLMCall = {
  operation: 'streamChat',
  endpointName: 'my-llama',
  inferenceComponentName: 'adapter-1',
  modelName: 'llama-3',
  input: [
    { role: 'system', content: 'Be kind.' },
    {
      role: 'user',
      content: [{ text: secret }, { image: { format: 'png', source: { bytes: new Uint8Array(1000) } } }],
    },
    { role: 'assistant', content: [{ toolUse: { toolUseId: 't0', name: 'f', input: { a: 1 } } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 't0', content: [{ json: { b: 2 } }] } }] },
    { role: 'tool', toolCallId: 't0', content: 'again' },
  ],
  systemPrompt: 'Rhyme.',
  options: {
    temperature: 0.1,
    maxNewTokens: 512,
    topP: 0.9,
    topK: 40,
    seed: 7,
    stopSequences: ['END'],
    responseFormat: { type: 'json' },
    tools: [{ toolSpec: { name: 'f', description: 'F.', inputSchema: { json: { type: 'object' } } } }],
  },
}

const response: ModelResponseMetadata = {
  requestId: 'r-1',
  invokedProductionVariant: 'AllTraffic',
  attempts: 1,
  timings: {},
  warnings: [],
}
const usage = { inputTokens: 30, outputTokens: 2, totalTokens: 32, cacheReadTokens: 16, raw: {} }
const raw = { id: 'chatcmpl-1', model: 'llama-3-8b' }
const chunks: readonly ChatChunk[] = [
  { delta: '', text: '', reasoningDelta: 'hm', raw },
  { delta: 'Hello', text: 'Hello', raw },
  { delta: '', text: 'Hello', toolCallDelta: { index: 0, id: 't1', name: 'f', input: '{"a":1}' }, raw },
  { delta: '', text: 'Hello', stopReason: 'tool_use', rawStopReason: 'tool_calls', usage, response, raw },
]

async function* items(then: () => Promise<void> = async () => {}, count = chunks.length): AsyncGenerator<ChatChunk> {
  yield* chunks.slice(0, count)
  await then()
}

const stream = (
  open: (signal: AbortSignal, within: ListenedLLMCall['within']) => AsyncIterable<ChatChunk>,
  captureContent?: boolean,
  signal?: AbortSignal,
): ResponseStream<ChatChunk> => {
  const listeners = llmCallListeners({ telemetry: { tracer, meter, captureContent } })
  return listenToStream(
    () => listeners.start(call),
    async ({ within }) =>
      ResponseStream.from((left) => open(left, within), { signal }).pipeDecoder(() => ({
        push: (chunk) => partsOfChunk(chunk),
        flush: () => [],
      })),
    () => new ChatChunks(),
  )
}

const drain = async (values: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of values);
}

const onlySpan = (): ReadableSpan => {
  const finished = spans.getFinishedSpans()
  expect(finished).toHaveLength(1)
  return finished[0]!
}

const histogram = async (name: string): Promise<HistogramMetricData | undefined> => {
  await meterProvider.forceFlush()
  return measurements
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
    .find(({ descriptor }) => descriptor.name === name) as HistogramMetricData | undefined
}

describe('the span of a stream', () => {
  test('has the names and attributes of the conventions', async () => {
    await drain(stream(() => items()))
    const span = onlySpan()
    expect(span.name).toBe('chat llama-3')
    expect(span.kind).toBe(SpanKind.CLIENT)
    expect(span.status.code).toBe(SpanStatusCode.UNSET)
    expect(span.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.sagemaker',
      'gen_ai.request.model': 'llama-3',
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 512,
      'gen_ai.request.temperature': 0.1,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.seed': 7,
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.model': 'llama-3-8b',
      'gen_ai.response.finish_reasons': ['tool_use'],
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.output_tokens': 2,
      'gen_ai.usage.cache_read.input_tokens': 16,
      'aws.request_id': 'r-1',
      'aws.sagemaker.endpoint.name': 'my-llama',
      'aws.sagemaker.inference_component.name': 'adapter-1',
      'aws.sagemaker.invoked_production_variant': 'AllTraffic',
    })
  })

  test('is the parent of what happens while the request is sent', async () => {
    await drain(
      stream(async function* (_left, within) {
        trace.getTracer('aws-sdk')
        within(() => tracer.startSpan('InvokeEndpointWithResponseStream').end())
        yield* chunks
      }),
    )
    const [child, parent] = spans.getFinishedSpans()
    expect(child!.name).toBe('InvokeEndpointWithResponseStream')
    expect(child!.parentSpanContext?.spanId).toBe(parent!.spanContext().spanId)
  })

  test('is a child of the span that the caller is in', async () => {
    await tracer.startActiveSpan('my request', async (outer) => {
      await drain(stream(() => items()))
      outer.end()
    })
    const [inner, outer] = spans.getFinishedSpans()
    expect(inner!.parentSpanContext?.spanId).toBe(outer!.spanContext().spanId)
  })

  test('has no content', async () => {
    await drain(stream(() => items()))
    expect(JSON.stringify(onlySpan().attributes)).not.toContain(secret)
  })

  test('has the content, by the schemas of the conventions, if that is asked for', async () => {
    await drain(stream(() => items(), true))
    const attribute = (name: string): unknown => JSON.parse(String(onlySpan().attributes[name]))
    expect(attribute('gen_ai.system_instructions')).toEqual([{ type: 'text', content: 'Rhyme.' }])
    expect(attribute('gen_ai.input.messages')).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
      { role: 'user', parts: [{ type: 'text', content: secret }, { type: 'image' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 't0', name: 'f', arguments: { a: 1 } }] },
      { role: 'user', parts: [{ type: 'tool_call_response', id: 't0', response: { b: 2 } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 't0', response: 'again' }] },
    ])
    expect(attribute('gen_ai.output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'text', content: 'Hello' },
          { type: 'tool_call', id: 't1', name: 'f', arguments: { a: 1 } },
        ],
        finish_reason: 'tool_use',
      },
    ])
    expect(attribute('gen_ai.tool.definitions')).toEqual([
      { type: 'function', name: 'f', description: 'F.', parameters: { type: 'object' } },
    ])
  })

  test('ends with an error type, and nothing of what the container said', async () => {
    const error = new SagemakerError('model-error', `cannot answer "${secret}"`, { requestId: 'r-2' })
    await expect(drain(stream(() => items(() => Promise.reject(error), 2)))).rejects.toBe(error)
    const span = onlySpan()
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'model-error' })
    expect(span.attributes).toMatchObject({
      'error.type': 'model-error',
      'aws.request_id': 'r-2',
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
    })
    expect(JSON.stringify([span.attributes, span.events, span.status])).not.toContain(secret)
  })

  test('ends when the loop is left, and is not an error', async () => {
    for await (const _ of stream(() => items())) break
    const span = onlySpan()
    expect(span.status.code).toBe(SpanStatusCode.UNSET)
    expect(span.attributes).toMatchObject({ 'aws.sagemaker.call.aborted': true })
  })

  test('ends when the signal aborts', async () => {
    const controller = new AbortController()
    const aborted = (signal: AbortSignal): Promise<never> =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new SagemakerError('aborted', 'aborted'))),
      )
    const run = drain(stream((signal) => items(() => aborted(signal), 1), false, controller.signal))
    await vi.waitFor(() => Promise.resolve())
    controller.abort(new SagemakerError('aborted', 'enough'))
    await expect(run).rejects.toThrow('enough')
    expect(onlySpan().attributes).toMatchObject({ 'aws.sagemaker.call.aborted': true })
  })

  test('ends when the iterator is forgotten', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const takeOne = async (): Promise<void> => {
      const iterator = stream(() => items())[Symbol.asyncIterator]()
      await iterator.next()
    }
    await takeOne()
    await vi.waitFor(
      () => {
        collectGarbage()
        expect(spans.getFinishedSpans()).toHaveLength(1)
      },
      { timeout: 20_000, interval: 20 },
    )
    expect(onlySpan().attributes).toMatchObject({ 'aws.sagemaker.call.aborted': true })
  }, 30_000)
})

describe('the span of a call whose answer comes whole', () => {
  const answer: ChatResponse = {
    message: { role: 'assistant', content: [] },
    text: 'Hello',
    toolCalls: [],
    stopReason: 'end_turn',
    rawStopReason: 'eos_token',
    usage: undefined,
    raw: [{ generated_text: 'Hello' }],
    response,
  }

  test('says text_completion, and the endpoint where no model was named', async () => {
    const whole: LLMCall = { operation: 'complete', endpointName: 'my-llama', input: secret, options: {} }
    await listenToWhole(llmCallListeners({ telemetry: { tracer } }).start(whole), async () => answer)
    const span = onlySpan()
    expect(span.name).toBe('text_completion my-llama')
    expect(span.attributes).toEqual({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.provider.name': 'aws.sagemaker',
      'gen_ai.request.model': 'my-llama',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'aws.request_id': 'r-1',
      'aws.sagemaker.endpoint.name': 'my-llama',
      'aws.sagemaker.invoked_production_variant': 'AllTraffic',
    })
  })

  test('names the class of an error that is not ours', async () => {
    const run = (): Promise<never> => Promise.reject(new RangeError(secret))
    await expect(listenToWhole(llmCallListeners({ telemetry: { tracer } }).start(call), run)).rejects.toThrow(
      RangeError,
    )
    expect(onlySpan().attributes).toMatchObject({ 'error.type': 'RangeError' })
    expect(JSON.stringify(onlySpan().status)).not.toContain(secret)
  })
})

describe('metrics', () => {
  const identity = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'aws.sagemaker',
    'gen_ai.request.model': 'llama-3',
  }

  test('of a stream: duration, time to the first chunk and between chunks, in seconds', async () => {
    await drain(stream(() => items()))
    for (const [name, count] of [
      ['gen_ai.client.operation.duration', 1],
      ['gen_ai.client.operation.time_to_first_chunk', 1],
      ['gen_ai.client.operation.time_per_output_chunk', 3],
    ] as const) {
      const metric = await histogram(name)
      expect(metric?.descriptor.unit).toBe('s')
      expect(metric?.dataPoints).toHaveLength(1)
      const point = metric!.dataPoints[0]!
      expect(point.attributes).toEqual(identity)
      expect(point.value.count).toBe(count)
      expect(point.value.buckets.boundaries.at(-1)).toBe(81.92)
      // A test that takes as many seconds as a wrong unit would give has other problems.
      expect(point.value.max).toBeLessThan(30)
    }
  })

  test('of tokens, apart for the prompt and the answer', async () => {
    await drain(stream(() => items()))
    const metric = await histogram('gen_ai.client.token.usage')
    expect(metric?.descriptor.unit).toBe('{token}')
    expect(metric?.dataPoints.map(({ attributes, value }) => [attributes['gen_ai.token.type'], value.sum])).toEqual([
      ['input', 30],
      ['output', 2],
    ])
  })

  test('have no token counts where the container reports none', async () => {
    await drain(stream(() => items(async () => {}, 2)))
    expect(await histogram('gen_ai.client.token.usage')).toBeUndefined()
  })

  test('of a failure have its type', async () => {
    const error = new SagemakerError('throttled', 'slow down')
    await expect(drain(stream(() => items(() => Promise.reject(error), 0)))).rejects.toBe(error)
    const metric = await histogram('gen_ai.client.operation.duration')
    expect(metric?.dataPoints[0]?.attributes).toEqual({ ...identity, 'error.type': 'throttled' })
  })
})
