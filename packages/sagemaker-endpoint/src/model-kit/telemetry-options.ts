import type { ModelResponseMetadata, TelemetryAttributes, TelemetryMeter, TelemetryTracer } from '@x/bedrock-like-types'
import type { TelemetryOperation } from './telemetry-names.ts'

/**
 * Where spans and metrics go.
 *
 * @public
 */
export interface TelemetryOptions {
  /**
   * Creates a span for every call: `trace.getTracer('my-app')` of `@opentelemetry/api`.
   * @defaultValue no spans
   */
  readonly tracer?: TelemetryTracer | undefined
  /**
   * Creates histograms: `metrics.getMeter('my-app')` of `@opentelemetry/api`.
   * @defaultValue no metrics
   */
  readonly meter?: TelemetryMeter | undefined
}

/**
 * Where spans and metrics go, and whether spans include prompts and answers.
 *
 * @public
 */
export interface ContentTelemetryOptions extends TelemetryOptions {
  /**
   * Adds prompts and answers to the span. Both are likely to be confidential.
   * @defaultValue false
   */
  readonly captureContent?: boolean | undefined
}

/** The members of a call that telemetry reads. */
export interface TelemetryCall {
  readonly endpointName: string
  readonly inferenceComponentName?: string | undefined
  readonly modelName?: string | undefined
}

/** The members of an outcome that telemetry reads. */
export interface TelemetryOutcome {
  /** Whether the consumer left early. */
  readonly aborted: boolean
  /** Metadata of the response, for calls with a single request. */
  readonly response?: ModelResponseMetadata | undefined
}

/** Token counts, as reported by the container. */
export interface TelemetryTokens {
  readonly input?: number | undefined
  readonly output?: number | undefined
}

/** Describes the spans and measurements of one kind of model. Attributes that are `undefined` are left out. */
export interface TelemetryDescription<Call extends TelemetryCall, Progress, Outcome extends TelemetryOutcome> {
  /** The operation of a call. */
  readonly operation: (call: Call) => TelemetryOperation
  /** Additional attributes of the span, set when the call starts. */
  readonly callAttributes?: (call: Call) => TelemetryAttributes
  /** Additional attributes of the span, set when the call is over. */
  readonly outcomeAttributes?: (outcome: Outcome) => TelemetryAttributes
  readonly tokens?: (outcome: Outcome) => TelemetryTokens
  /** Whether a step is a chunk of the answer. Leave out for models that do not stream. */
  readonly isOutput?: (progress: Progress) => boolean
  /** With `captureContent`: attributes that hold the input. */
  readonly inputContent?: (call: Call) => TelemetryAttributes
  /** With `captureContent`: attributes that hold the answer. */
  readonly outputContent?: (outcome: Outcome) => TelemetryAttributes
}
