import { SpanKind } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { SagemakerClassifier, SagemakerReranker, teiClassification, vllmRerank } from './index.ts'

test('each call is a span and a measurement, without texts', async () => {
  const spans = new InMemorySpanExporter()
  const tracer = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }).getTracer(
    'test',
  )
  const measurements = new InMemoryMetricExporter(AggregationTemporality.DELTA)
  const reader = new PeriodicExportingMetricReader({ exporter: measurements, exportIntervalMillis: 1_000_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const telemetry = { tracer, meter: meterProvider.getMeter('test') }
  await using runtime = await startLocalRuntime({
    endpoints: {
      reranker: scripted(() => json({ results: [{ index: 0, relevance_score: 0.5 }], usage: { total_tokens: 9 } })),
      classifier: scripted(() => json([[{ label: 'secret label', score: 0.5 }]])),
    },
  })
  const reranker = new SagemakerReranker({
    endpointName: 'reranker',
    ...runtime.connection,
    contentHandler: vllmRerank(),
    modelName: 'bge-reranker',
    telemetry,
  })
  const classifier = new SagemakerClassifier({
    endpointName: 'classifier',
    ...runtime.connection,
    contentHandler: teiClassification(),
    telemetry,
  })
  await reranker.rerank('secret query', ['secret document'])
  await classifier.classify(['secret text'])

  const finished = spans.getFinishedSpans()
  expect(finished.map(({ name, kind }) => [name, kind])).toEqual([
    ['rerank bge-reranker', SpanKind.CLIENT],
    ['classify classifier', SpanKind.CLIENT],
  ])
  expect(finished[0]?.attributes).toEqual({
    'gen_ai.operation.name': 'rerank',
    'gen_ai.provider.name': 'aws.sagemaker',
    'gen_ai.request.model': 'bge-reranker',
    'aws.sagemaker.endpoint.name': 'reranker',
    'aws.sagemaker.batch.items': 1,
    'aws.sagemaker.batch.failed_items': 0,
    'aws.sagemaker.batch.cached_items': 0,
    'aws.sagemaker.batch.requests': 1,
    'gen_ai.usage.input_tokens': 9,
  })
  await meterProvider.forceFlush()
  const names = measurements.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
  expect(names.map(({ descriptor }) => descriptor.name).toSorted()).toEqual([
    'gen_ai.client.operation.duration',
    'gen_ai.client.token.usage',
  ])
  expect(JSON.stringify(finished.map(({ attributes, events, status }) => [attributes, events, status]))).not.toContain(
    'secret',
  )
  await meterProvider.shutdown()
})
