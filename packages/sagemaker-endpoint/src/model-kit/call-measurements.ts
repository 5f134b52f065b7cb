import type { TelemetryAttributes, TelemetryHistogram, TelemetryMeter } from '@x/bedrock-like-types'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { CallRecord } from './call-listeners.ts'
import { durationBucketsSeconds, telemetryNames, tokenBuckets } from './telemetry-names.ts'
import type { TelemetryTokens } from './telemetry-options.ts'

const { attribute, metric } = telemetryNames

/** The histograms of one model object. */
export class CallHistograms {
  /** Seconds from the start of a call to its end, successful or not. */
  readonly duration: TelemetryHistogram
  /** Input and output tokens, if the container reports them. */
  readonly tokenUsage: TelemetryHistogram
  /** Seconds from the start of a call to the first chunk of its answer, and between consecutive chunks. */
  readonly chunks: { readonly first: TelemetryHistogram; readonly next: TelemetryHistogram } | undefined

  /** @param hasChunks - whether the model can stream its answers. */
  constructor(meter: TelemetryMeter, hasChunks: boolean) {
    const seconds = (name: string, description: string): TelemetryHistogram =>
      meter.createHistogram(name, {
        description,
        unit: 's',
        advice: { explicitBucketBoundaries: [...durationBucketsSeconds] },
      })
    this.duration = seconds(metric.duration, 'Duration of a call to the model.')
    this.tokenUsage = meter.createHistogram(metric.tokenUsage, {
      description: 'Input and output tokens, as reported by the container.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: [...tokenBuckets] },
    })
    if (!hasChunks) return
    this.chunks = {
      first: seconds(metric.timeToFirstChunk, 'Time to the first chunk of a streamed answer.'),
      next: seconds(metric.timePerOutputChunk, 'Time between consecutive chunks of a streamed answer.'),
    }
  }
}

/** Reads what is measured from the steps and the outcome of a call. */
export interface MeasuredCall<Progress, Outcome> {
  readonly isOutput?: (progress: Progress) => boolean
  readonly tokens?: (outcome: Outcome) => TelemetryTokens
}

/** Records the measurements of one call. */
export class CallMeasurements<Progress, Outcome> implements CallRecord<Progress, Outcome> {
  readonly #histograms: CallHistograms
  readonly #identity: TelemetryAttributes
  readonly #call: MeasuredCall<Progress, Outcome>
  #previousMs: number | undefined

  /** @param identity - the attributes of every measurement. */
  constructor(histograms: CallHistograms, identity: TelemetryAttributes, call: MeasuredCall<Progress, Outcome>) {
    this.#histograms = histograms
    this.#identity = identity
    this.#call = call
  }

  progress(progress: Progress, elapsedMs: number): void {
    const { chunks } = this.#histograms
    if (chunks === undefined || this.#call.isOutput?.(progress) !== true) return
    if (this.#previousMs === undefined) chunks.first.record(elapsedMs / 1000, this.#identity)
    else chunks.next.record((elapsedMs - this.#previousMs) / 1000, this.#identity)
    this.#previousMs = elapsedMs
  }

  end(outcome: Outcome, elapsedMs: number): void {
    this.#histograms.duration.record(elapsedMs / 1000, this.#identity)
    this.#recordTokens(outcome)
  }

  fail(error: unknown, elapsedMs: number, outcome: Outcome | undefined): void {
    const attributes = { ...this.#identity, [attribute.errorType]: errorTypeOf(error) }
    this.#histograms.duration.record(elapsedMs / 1000, attributes)
    // Of several requests, some may have been answered before the failure.
    if (outcome !== undefined) this.#recordTokens(outcome)
  }

  #recordTokens(outcome: Outcome): void {
    for (const [type, count] of Object.entries(this.#call.tokens?.(outcome) ?? {})) {
      if (typeof count === 'number')
        this.#histograms.tokenUsage.record(count, { ...this.#identity, [attribute.tokenType]: type })
    }
  }
}

/** The value of `error.type`: the code of a `SagemakerError`, else the name of the error. Never its message. */
export function errorTypeOf(error: unknown): string {
  if (SagemakerError.is(error)) return error.code
  return error instanceof Error ? error.name : '_OTHER'
}
