/** Checked by the compiler only. */
import type { EmbeddedText, EmbeddingModel } from '@x/bedrock-like-types'
import type { SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import type { ResponseStream } from '@x/stream-core'
import type { Meter, Span, Tracer } from '@opentelemetry/api'
import type { Observable } from 'rxjs'
import { expectTypeOf } from 'vitest'
import type {
  EmbeddingTelemetryOptions,
  RefusedText,
  SagemakerEmbedding,
  SagemakerEmbeddingOptions,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from './index.ts'

expectTypeOf<SagemakerEmbedding>().toExtend<EmbeddingModel>()

export async function vectors(embedding: SagemakerEmbedding): Promise<void> {
  const { embeddings } = await embedding.embed(['a'], { kind: 'text' })
  expectTypeOf(embeddings).toEqualTypeOf<readonly Float32Array[]>()
  const { embeddings: bits } = await embedding.embed([{ text: 'a' }], { kind: 'query', dtype: 'ubinary' })
  expectTypeOf(bits).toEqualTypeOf<readonly Uint8Array[]>()
  for await (const { embedding: vector } of embedding.embedStream(['a'], { dtype: 'int8' })) {
    expectTypeOf(vector).toEqualTypeOf<Int8Array>()
  }
  for await (const { error } of embedding.embedStream(['a'], { onError: 'skip' })) {
    expectTypeOf(error).toEqualTypeOf<SagemakerError | undefined>()
  }
}

export function streams(embedding: SagemakerEmbedding, observable: Observable<string>, list: readonly string[]): void {
  expectTypeOf(embedding.embedStream(list)).toEqualTypeOf<ResponseStream<EmbeddedText>>()
  expectTypeOf(embedding.embedStream(observable)).toEqualTypeOf<ResponseStream<EmbeddedText>>()
  expectTypeOf(embedding.embedStream([{ id: '1', text: 'a' }], { onError: 'throw' })).toEqualTypeOf<
    ResponseStream<EmbeddedText>
  >()
  expectTypeOf(embedding.embedStream(observable, { onError: 'skip' })).toEqualTypeOf<
    ResponseStream<EmbeddedText | RefusedText>
  >()
}

expectTypeOf<{ endpointName: string; region: string }>().toExtend<SagemakerEmbeddingOptions>()
expectTypeOf<{ endpoint: SagemakerEndpoint }>().toExtend<SagemakerEmbeddingOptions>()
expectTypeOf<{ embedBatchSize: number }>().not.toExtend<SagemakerEmbeddingOptions>()

expectTypeOf<Tracer>().toExtend<TelemetryTracer>()
expectTypeOf<Span>().toExtend<TelemetrySpan>()
expectTypeOf<Meter>().toExtend<TelemetryMeter>()
export const telemetry = (tracer: Tracer, meter: Meter): EmbeddingTelemetryOptions => ({ tracer, meter })
