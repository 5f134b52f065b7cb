import type { TelemetryMeter, TelemetryTracer } from '@x/bedrock-like-types'

/**
 * Where spans and metrics go.
 *
 * @public
 */
export interface TelemetryOptions {
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
  /**
   * Puts the messages, the answer and the tools into the span. They are likely to be confidential.
   * @defaultValue false
   */
  readonly captureContent?: boolean | undefined
}
