import type { ModelResponseMetadata, TelemetryAttributes, TelemetryMeter, TelemetryTracer } from '@x/bedrock-like-types'
import type { TelemetryOperation } from './telemetry-names.ts'

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
}

/**
 * Where spans and metrics go, and whether spans have contents.
 *
 * @public
 */
export interface ContentTelemetryOptions extends TelemetryOptions {
  /**
   * Puts what is sent to the model and what it answers into the span. Both are likely to be confidential.
   * @defaultValue false
   */
  readonly captureContent?: boolean | undefined
}

/** What telemetry has to know of a call. */
export interface TelemetryCall {
  readonly endpointName: string
  readonly inferenceComponentName?: string | undefined
  readonly modelName?: string | undefined
}

/** What telemetry has to know of what came of a call. */
export interface TelemetryOutcome {
  /** The caller left the call before its end. */
  readonly aborted: boolean
  /** Of calls that are one request. */
  readonly response?: ModelResponseMetadata | undefined
}

/** Tokens, as the container reported them. */
export interface TelemetryTokens {
  readonly input?: number | undefined
  readonly output?: number | undefined
}

/** What the spans and measurements of one kind of model say. Attributes that are `undefined` are left out. */
export interface TelemetryDescription<Call extends TelemetryCall, Progress, Outcome extends TelemetryOutcome> {
  /** What the call does. */
  readonly operation: (call: Call) => TelemetryOperation
  /** More attributes of a span, known when the call starts. */
  readonly callAttributes?: (call: Call) => TelemetryAttributes
  /** More attributes of a span, known when the call is over. */
  readonly outcomeAttributes?: (outcome: Outcome) => TelemetryAttributes
  readonly tokens?: (outcome: Outcome) => TelemetryTokens
  /** Whether a step of a call brought some of the answer. Not there for models whose answers come whole. */
  readonly isOutput?: (progress: Progress) => boolean
  /** With `captureContent`: what is sent to the model, as attributes. */
  readonly inputContent?: (call: Call) => TelemetryAttributes
  /** With `captureContent`: what the model answered, as attributes. */
  readonly outputContent?: (outcome: Outcome) => TelemetryAttributes
}
