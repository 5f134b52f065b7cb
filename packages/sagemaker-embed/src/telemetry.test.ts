import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type HistogramMetricData,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { containerError, json } from '@x/sagemaker-local'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { SagemakerEmbedding } from './index.ts'
import { scriptedModel, type ScriptedModel } from './test-support/scripted-model.ts'

const spans = new InMemorySpanExporter()
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const tracer = tracerProvider.getTracer('test')
const measurements = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: measurements, exportIntervalMillis: 1_000_000 })],
})
const telemetry = { tracer, meter: meterProvider.getMeter('test') }

let model: ScriptedModel
beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  model = await scriptedModel()
})
beforeEach(async () => {
  model.script = (texts) =>
    json({ data: texts.map((_, index) => ({ index, embedding: [1, 2, 3] })), usage: { prompt_tokens: 5 } })
  await meterProvider.forceFlush()
  measurements.reset()
  spans.reset()
})
afterAll(async () => {
  context.disable()
  await model[Symbol.asyncDispose]()
  await Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()])
})

async function histograms(): Promise<Record<string, HistogramMetricData>> {
  await meterProvider.forceFlush()
  const metrics = measurements
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
  return Object.fromEntries(metrics.map((metric) => [metric.descriptor.name, metric as HistogramMetricData]))
}

test('a call is a span with what was asked and what came of it', async () => {
  const embedding = model.embedding({ telemetry, modelName: 'bge-m3', embedBatchSize: 2 })
  await embedding.getTextEmbeddings(['my secret', 'b', 'c'])
  expect(spans.getFinishedSpans()).toHaveLength(1)
  expect(spans.getFinishedSpans()[0]).toMatchObject({ name: 'embeddings bge-m3', kind: SpanKind.CLIENT })
  expect(spans.getFinishedSpans()[0]?.attributes).toEqual({
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': 'aws.sagemaker',
    'gen_ai.request.model': 'bge-m3',
    'gen_ai.embeddings.dimension.count': 3,
    'gen_ai.usage.input_tokens': 10,
    'aws.sagemaker.endpoint.name': 'model',
    'aws.sagemaker.embeddings.kind': 'text',
    'aws.sagemaker.batch.items': 3,
    'aws.sagemaker.batch.failed_items': 0,
    'aws.sagemaker.batch.cached_items': 0,
    'aws.sagemaker.batch.requests': 2,
  })
})

test('its duration and tokens are measured', async () => {
  await model.embedding({ telemetry }).getQueryEmbedding('a')
  const { 'gen_ai.client.operation.duration': duration, 'gen_ai.client.token.usage': tokens } = await histograms()
  const identity = {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': 'aws.sagemaker',
    'gen_ai.request.model': 'model',
  }
  expect(duration?.descriptor.unit).toBe('s')
  expect(duration?.dataPoints).toMatchObject([{ attributes: identity, value: { count: 1 } }])
  expect(tokens?.dataPoints).toMatchObject([
    { attributes: { ...identity, 'gen_ai.token.type': 'input' }, value: { count: 1, sum: 5 } },
  ])
})

test('spans of its requests are its children, in every batch of a stream too', async () => {
  const parents: (string | undefined)[] = []
  const endpoint = new SagemakerEndpoint({
    endpointName: 'model',
    endpoint: model.runtime.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    observers: [{ onRequest: () => void parents.push(trace.getActiveSpan()?.spanContext().spanId) }],
  })
  const embedding = new SagemakerEmbedding({ endpoint, telemetry, embedBatchSize: 1, concurrency: 1 })
  for await (const _ of embedding.embedStream(['a', 'b', 'c', 'd', 'e', 'f'])) {
    expect(trace.getActiveSpan()).toBeUndefined()
  }
  const id = spans.getFinishedSpans()[0]?.spanContext().spanId
  expect(parents).toEqual([id, id, id, id, id, id])
  endpoint.close()
})

test('a failure is reported by its code only', async () => {
  model.script = () => containerError(400, { error: 'my secret is bad' })
  await expect(model.embedding({ telemetry }).getTextEmbedding('my secret')).rejects.toMatchObject({
    code: 'invalid-request',
  })
  const [span] = spans.getFinishedSpans()
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'invalid-request' })
  expect(span?.attributes).toMatchObject({ 'error.type': 'invalid-request' })
  expect(JSON.stringify([span?.attributes, span?.events])).not.toContain('secret')
  const { 'gen_ai.client.operation.duration': duration } = await histograms()
  expect(duration?.dataPoints[0]?.attributes).toMatchObject({ 'error.type': 'invalid-request' })
})

test('a stream that is left early ends its span, without an error', async () => {
  for await (const { index } of model.embedding({ telemetry, embedBatchSize: 1 }).embedStream(['a', 'b', 'c'])) {
    if (index === 0) break
  }
  // Leaving does not wait for what it ends.
  const span = await vi.waitUntil(() => spans.getFinishedSpans()[0])
  expect(span?.attributes['aws.sagemaker.call.aborted']).toBe(true)
  expect(span?.status.code).toBe(SpanStatusCode.UNSET)
})

test('without a tracer and a meter nothing is needed', async () => {
  await expect(model.embedding({ telemetry: {} }).getTextEmbedding('a')).resolves.toHaveLength(3)
})
