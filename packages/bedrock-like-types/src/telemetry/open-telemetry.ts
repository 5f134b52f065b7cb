/**
 * A value of an attribute. The types of this file are the part of OpenTelemetry's API that the models use, described here so
 * that neither code nor types need `@opentelemetry/api` where it is not used; those of version 1.9 or later fit.
 *
 * @public
 */
export type TelemetryAttributeValue = string | number | boolean | string[]

/**
 * Attributes by name.
 *
 * @public
 */
export interface TelemetryAttributes {
  /** Value of the attribute of this name; `undefined` for none. */
  [name: string]: TelemetryAttributeValue | undefined
}

/**
 * The part of an OpenTelemetry `Span` that is used.
 *
 * @public
 */
export interface TelemetrySpan {
  /** Whether anybody will see it. */
  isRecording(): boolean
  /** Adds attributes. */
  setAttributes(attributes: TelemetryAttributes): unknown
  /** Says whether the operation succeeded. */
  setStatus(status: { code: number; message?: string }): unknown
  /** Ends the span. */
  end(): void
}

/**
 * The part of an OpenTelemetry `Tracer` that is used.
 *
 * @public
 */
export interface TelemetryTracer {
  /** Starts a span and runs a function within its context. */
  startActiveSpan<R>(
    name: string,
    options: { kind?: number; attributes?: TelemetryAttributes },
    run: (span: TelemetrySpan) => R,
  ): R
}

/**
 * The part of an OpenTelemetry `Histogram` that is used.
 *
 * @public
 */
export interface TelemetryHistogram {
  /** Adds a measurement. */
  record(value: number, attributes?: TelemetryAttributes): void
}

/**
 * The part of an OpenTelemetry `Meter` that is used.
 *
 * @public
 */
export interface TelemetryMeter {
  /** Makes a histogram. */
  createHistogram(
    name: string,
    options: { description?: string; unit?: string; advice?: { explicitBucketBoundaries?: number[] } },
  ): TelemetryHistogram
}
