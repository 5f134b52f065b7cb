import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import { batchTelemetryListener } from './batch-listeners.ts'
import { CallListeners } from './call-listeners.ts'
import { telemetryListener } from './telemetry-listener.ts'
import type { TelemetryCall, TelemetryDescription } from './telemetry-options.ts'

const spans = new InMemorySpanExporter()
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const tracer = tracerProvider.getTracer('test')
const measurements = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: measurements, exportIntervalMillis: 1_000_000 })],
})
const meter = meterProvider.getMeter('test')

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
beforeEach(async () => {
  await meterProvider.forceFlush()
  measurements.reset()
  spans.reset()
})
afterAll(async () => {
  context.disable()
  await Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()])
})

async function histograms(): Promise<Record<string, HistogramMetricData>> {
  await meterProvider.forceFlush()
  const metrics = measurements
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
  return Object.fromEntries(metrics.map((metric) => [metric.descriptor.name, metric as HistogramMetricData]))
}

interface Outcome {
  readonly aborted: boolean
  readonly text: string
}
const description: TelemetryDescription<TelemetryCall & { readonly prompt: string }, string, Outcome> = {
  operation: () => 'chat',
  callAttributes: () => ({ 'gen_ai.request.seed': 1, 'gen_ai.request.top_k': undefined }),
  outcomeAttributes: () => ({ 'gen_ai.response.finish_reasons': ['stop'] }),
  tokens: () => ({ input: 3, output: 5 }),
  isOutput: (progress) => progress === 'token',
  inputContent: ({ prompt }) => ({ 'gen_ai.input.messages': prompt }),
  outputContent: ({ text }) => ({ 'gen_ai.output.messages': text }),
}
const started = { endpointName: 'my-llama', modelName: 'llama', prompt: 'secret' }
const identity = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'aws.sagemaker',
  'gen_ai.request.model': 'llama',
}

test('a call is a span of what was asked and what came of it, without content', () => {
  const call = new CallListeners(telemetryListener({ tracer }, description)).start(started)
  call.progress('token')
  call.end({ aborted: true, text: 'secret' })
  const [span] = spans.getFinishedSpans()
  expect(span).toMatchObject({ name: 'chat llama', kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } })
  expect(span?.attributes).toEqual({
    ...identity,
    'gen_ai.request.seed': 1,
    'aws.sagemaker.endpoint.name': 'my-llama',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.response.time_to_first_chunk': expect.any(Number) as unknown,
    'gen_ai.usage.input_tokens': 3,
    'gen_ai.usage.output_tokens': 5,
    'aws.sagemaker.call.aborted': true,
  })
})

test('content is in the span for those who ask for it', () => {
  const listener = telemetryListener({ tracer, captureContent: true }, description)
  new CallListeners(listener).start(started).end({ aborted: false, text: 'answer' })
  expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({
    'gen_ai.input.messages': 'secret',
    'gen_ai.output.messages': 'answer',
  })
})

test('a failure is the status of the span, by its code', () => {
  const call = new CallListeners(telemetryListener({ tracer }, description)).start(started)
  call.fail(new SagemakerError('throttled', 'said: secret', { endpointName: 'my-llama', requestId: 'r1' }))
  const [span] = spans.getFinishedSpans()
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'throttled' })
  expect(span?.attributes).toMatchObject({ 'error.type': 'throttled', 'aws.request_id': 'r1' })
  expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('secret')
})

test('spans made within a call are its children, wherever it goes on', async () => {
  const call = new CallListeners(telemetryListener({ tracer }, description)).start(started)
  await Promise.resolve()
  call.within(() => tracer.startSpan('child').end())
  expect(trace.getActiveSpan()).toBeUndefined()
  call.end({ aborted: false, text: '' })
  const [child, parent] = spans.getFinishedSpans()
  expect(child?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId)
})

test('durations, chunks and tokens are measured, without a tracer too', async () => {
  const listeners = new CallListeners(telemetryListener({ meter }, description))
  const call = listeners.start(started)
  for (const progress of ['token', 'usage', 'token', 'token']) call.progress(progress)
  call.end({ aborted: false, text: '' })
  listeners.start(started).fail(new TypeError('x'))
  const found = await histograms()
  const [ended, failed] = found['gen_ai.client.operation.duration']!.dataPoints
  expect([ended!.attributes, failed!.attributes]).toEqual([identity, { ...identity, 'error.type': 'TypeError' }])
  expect(found['gen_ai.client.operation.time_to_first_chunk']!.dataPoints[0]!.value.count).toBe(1)
  expect(found['gen_ai.client.operation.time_per_output_chunk']!.dataPoints[0]!.value.count).toBe(2)
  const tokens = found['gen_ai.client.token.usage']!.dataPoints
  expect(tokens.map(({ attributes, value }) => [attributes['gen_ai.token.type'], value.sum])).toEqual([
    ['input', 3],
    ['output', 5],
  ])
})

test('a call of many items says how many, also when it fails', async () => {
  const listener = batchTelemetryListener({ tracer, meter }, 'rerank')
  const outcome = { aborted: false, items: 5, failed: 1, cached: 2, requests: 1, tokens: 7 }
  const call = new CallListeners(listener).start({ endpointName: 'it', modelName: undefined })
  call.fail(new SagemakerError('throttled', '', { endpointName: 'it' }), outcome)
  const [span] = spans.getFinishedSpans()
  expect(span?.name).toBe('rerank it')
  expect(span?.attributes).toMatchObject({
    'aws.sagemaker.batch.items': 5,
    'aws.sagemaker.batch.failed_items': 1,
    'aws.sagemaker.batch.cached_items': 2,
    'aws.sagemaker.batch.requests': 1,
    'gen_ai.usage.input_tokens': 7,
    'error.type': 'throttled',
  })
  const found = await histograms()
  expect(found['gen_ai.client.token.usage']!.dataPoints[0]!.value.sum).toBe(7)
  expect(found['gen_ai.client.operation.time_to_first_chunk']).toBeUndefined()
})
