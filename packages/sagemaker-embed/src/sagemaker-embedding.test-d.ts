/** Checked by the compiler alone. */
import type { EmbeddedText, EmbeddingModel, FailedText } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { ResponseStream } from '@x/stream-core'
import type { Meter, Span, Tracer } from '@opentelemetry/api'
import type { Observable } from 'rxjs'
import { expectTypeOf } from 'vitest'
import type {
  EmbeddingTelemetryOptions,
  SagemakerEmbedding,
  SagemakerEmbeddingOptions,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from './index.ts'

expectTypeOf<SagemakerEmbedding>().toExtend<EmbeddingModel>()

export function streams(embedding: SagemakerEmbedding, observable: Observable<string>, list: readonly string[]): void {
  expectTypeOf(embedding.embedStream(list)).toEqualTypeOf<ResponseStream<EmbeddedText>>()
  expectTypeOf(embedding.embedStream(observable)).toEqualTypeOf<ResponseStream<EmbeddedText>>()
  expectTypeOf(embedding.embedStream([{ id: '1', text: 'a' }], { onError: 'throw' })).toEqualTypeOf<
    ResponseStream<EmbeddedText>
  >()
  expectTypeOf(embedding.embedStream(observable, { onError: 'skip' })).toEqualTypeOf<
    ResponseStream<EmbeddedText | FailedText>
  >()
}

expectTypeOf<{ endpointName: string; region: string }>().toExtend<SagemakerEmbeddingOptions>()
expectTypeOf<{ endpoint: SagemakerEndpoint }>().toExtend<SagemakerEmbeddingOptions>()
expectTypeOf<{ embedBatchSize: number }>().not.toExtend<SagemakerEmbeddingOptions>()

expectTypeOf<Tracer>().toExtend<TelemetryTracer>()
expectTypeOf<Span>().toExtend<TelemetrySpan>()
expectTypeOf<Meter>().toExtend<TelemetryMeter>()
export const telemetry = (tracer: Tracer, meter: Meter): EmbeddingTelemetryOptions => ({ tracer, meter })
