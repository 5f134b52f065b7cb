import type { TelemetryMeter, TelemetryTracer } from '@x/bedrock-like-types'
import type { CallListener, CallRecord, StartedCall } from '../callbacks/call-listener.ts'
import { requestAttributes } from './call-attributes.ts'
import { callMeasurements, createCallHistograms } from './call-measurements.ts'
import { callSpan, inputContent } from './call-span.ts'
import { names, spanKindClient } from './names.ts'

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

/** Makes a span and measurements of every call, as far as there is a tracer and a meter. */
export function telemetryListener({ tracer, meter, captureContent = false }: TelemetryOptions): CallListener {
  const histograms = meter && createCallHistograms(meter)
  const measure = (call: StartedCall): readonly CallRecord[] => (histograms ? [callMeasurements(call, histograms)] : [])
  return {
    begin: (call, run) => {
      if (tracer === undefined) return run(inOne(measure(call)))
      const attributes = requestAttributes(call)
      const { operationName, requestModel } = names.attribute
      // The span is active while the request is sent, so that the AWS SDK's own spans become its children.
      return tracer.startActiveSpan(
        `${String(attributes[operationName])} ${String(attributes[requestModel])}`,
        { kind: spanKindClient, attributes },
        (span) => {
          const capture = captureContent && span.isRecording()
          if (capture) span.setAttributes(inputContent(call))
          return run(inOne([callSpan(span, capture), ...measure(call)]))
        },
      )
    },
  }
}

function inOne(records: readonly CallRecord[]): CallRecord {
  return {
    token: (token) => records.forEach((record) => record.token(token)),
    end: (outcome) => records.forEach((record) => record.end(outcome)),
    fail: (error, timings) => records.forEach((record) => record.fail(error, timings)),
  }
}
