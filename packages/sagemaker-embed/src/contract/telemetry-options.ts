import type { TelemetryMeter, TelemetryTracer } from '@x/bedrock-like-types'

/**
 * Where spans and metrics go. Neither ever holds text.
 *
 * @public
 */
export interface EmbeddingTelemetryOptions {
  /**
   * Makes a span of every call: `trace.getTracer('my-app')` of `@opentelemetry/api`.
   * @defaultValue no spans
   */
  readonly tracer?: TelemetryTracer | undefined
  /**
   * Makes histograms: `metrics.getMeter('my-app')` of `@opentelemetry/api`.
   * @defaultValue no metrics
   */
  readonly meter?: TelemetryMeter | undefined
}
