/** Checked by the compiler alone: the real API fits the part of it that is described here. */
import type { TelemetryHistogram, TelemetryMeter, TelemetrySpan, TelemetryTracer } from '@x/bedrock-like-types'
import type { Histogram, Meter, Span, Tracer } from '@opentelemetry/api'
import { expectTypeOf } from 'vitest'
import type { TelemetryOptions } from '@x/sagemaker-endpoint/model-kit'

expectTypeOf<Tracer>().toExtend<TelemetryTracer>()
expectTypeOf<Span>().toExtend<TelemetrySpan>()
expectTypeOf<Meter>().toExtend<TelemetryMeter>()
expectTypeOf<Histogram>().toExtend<TelemetryHistogram>()

export const options = (tracer: Tracer, meter: Meter): TelemetryOptions => ({ tracer, meter })
