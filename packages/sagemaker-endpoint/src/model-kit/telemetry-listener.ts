import { AsyncLocalStorage } from 'node:async_hooks'
import type { TelemetryAttributes, TelemetrySpan } from '@x/bedrock-like-types'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { CallListener, CallRecord } from './call-listeners.ts'
import { CallHistograms, CallMeasurements, errorTypeOf } from './call-measurements.ts'
import { spanKindClient, spanStatusError, telemetryNames, type TelemetryOperation } from './telemetry-names.ts'
import type {
  ContentTelemetryOptions,
  TelemetryCall,
  TelemetryDescription,
  TelemetryOutcome,
} from './telemetry-options.ts'

const { attribute } = telemetryNames

/** A listener that creates a span (with a tracer) and measurements (with a meter) for every call. */
export function telemetryListener<Call extends TelemetryCall, Progress, Outcome extends TelemetryOutcome>(
  options: ContentTelemetryOptions,
  description: TelemetryDescription<Call, Progress, Outcome>,
): CallListener<Call, Progress, Outcome> {
  const { tracer, meter, captureContent = false } = options
  const histograms = meter && new CallHistograms(meter, description.isOutput !== undefined)
  return {
    name: 'telemetry',
    start: (call) => {
      const identity = identityAttributes(call, description.operation(call))
      const measurements = histograms && new CallMeasurements(histograms, identity, description)
      if (tracer === undefined) return measurements ?? {}
      const attributes = given({
        ...identity,
        [attribute.endpointName]: call.endpointName,
        [attribute.inferenceComponentName]: call.inferenceComponentName,
        ...description.callAttributes?.(call),
      })
      const name = `${String(identity[attribute.operationName])} ${String(identity[attribute.requestModel])}`
      return tracer.startActiveSpan(name, { kind: spanKindClient, attributes }, (span) => {
        const isCapturing = captureContent && span.isRecording()
        if (isCapturing) span.setAttributes(given(description.inputContent?.(call) ?? {}))
        return new CallSpan(span, isCapturing, description, measurements)
      })
    },
  }
}

/** The attributes of every span and every measurement. */
function identityAttributes(call: TelemetryCall, operation: TelemetryOperation): TelemetryAttributes {
  return {
    [attribute.operationName]: operation,
    [attribute.providerName]: telemetryNames.provider,
    // Without a model name, the endpoint identifies the model.
    [attribute.requestModel]: call.modelName ?? call.endpointName,
  }
}

/** Leaves out attributes that are `undefined`. */
function given(attributes: TelemetryAttributes): TelemetryAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
}

/** Records one call in its span. */
class CallSpan<Progress, Outcome extends TelemetryOutcome> implements CallRecord<Progress, Outcome> {
  readonly #span: TelemetrySpan
  readonly #isCapturing: boolean
  readonly #description: Omit<TelemetryDescription<never, Progress, Outcome>, 'operation'>
  readonly #measurements: CallRecord<Progress, Outcome> | undefined
  #firstOutputMs: number | undefined
  /** The context in which the span is active, so that the AWS SDK's own spans become its children. */
  readonly within: <R>(run: () => R) => R = AsyncLocalStorage.snapshot()

  constructor(
    span: TelemetrySpan,
    isCapturing: boolean,
    description: Omit<TelemetryDescription<never, Progress, Outcome>, 'operation'>,
    measurements: CallRecord<Progress, Outcome> | undefined,
  ) {
    this.#span = span
    this.#isCapturing = isCapturing
    this.#description = description
    this.#measurements = measurements
  }

  progress(progress: Progress, elapsedMs: number): void {
    if (this.#description.isOutput?.(progress) === true) this.#firstOutputMs ??= elapsedMs
    this.#measurements?.progress?.(progress, elapsedMs)
  }

  end(outcome: Outcome, elapsedMs: number): void {
    this.#span.setAttributes(given(this.#outcomeAttributes(outcome)))
    this.#span.end()
    this.#measurements?.end?.(outcome, elapsedMs)
  }

  fail(error: unknown, elapsedMs: number, outcome: Outcome | undefined): void {
    const errorType = errorTypeOf(error)
    this.#span.setAttributes(
      given({
        ...this.#outcomeAttributes(outcome),
        [attribute.errorType]: errorType,
        ...(SagemakerError.is(error) && { [attribute.awsRequestId]: error.requestId }),
      }),
    )
    // The error's message may quote the container, and so a prompt. The type is safe.
    this.#span.setStatus({ code: spanStatusError, message: errorType })
    this.#span.end()
    this.#measurements?.fail?.(error, elapsedMs, outcome)
  }

  #outcomeAttributes(outcome: Outcome | undefined): TelemetryAttributes {
    const firstOutput = {
      [attribute.responseTimeToFirstChunk]: this.#firstOutputMs === undefined ? undefined : this.#firstOutputMs / 1000,
    }
    if (outcome === undefined) return firstOutput
    const { input, output } = this.#description.tokens?.(outcome) ?? {}
    return {
      ...firstOutput,
      [attribute.usageInputTokens]: input,
      [attribute.usageOutputTokens]: output,
      [attribute.awsRequestId]: outcome.response?.requestId,
      [attribute.invokedProductionVariant]: outcome.response?.invokedProductionVariant,
      [attribute.aborted]: outcome.aborted || undefined,
      ...this.#description.outcomeAttributes?.(outcome),
      ...(this.#isCapturing && this.#description.outputContent?.(outcome)),
    }
  }
}
