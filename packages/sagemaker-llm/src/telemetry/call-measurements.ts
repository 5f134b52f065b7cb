import type { TelemetryHistogram, TelemetryMeter } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { CallRecord, StartedCall } from '../callbacks/call-listener.ts'
import { identityAttributes, inSeconds } from './call-attributes.ts'
import { durationBucketsSeconds, names, tokenBuckets } from './names.ts'

/** Measures one call. */
export function callMeasurements(call: StartedCall, histograms: CallHistograms): CallRecord {
  const attributes = identityAttributes(call)
  let previousMs: number | undefined
  return {
    token: ({ timings: { durationMs } }) => {
      if (previousMs === undefined) histograms.timeToFirstChunk.record(inSeconds(durationMs), attributes)
      else histograms.timePerOutputChunk.record(inSeconds(durationMs - previousMs), attributes)
      previousMs = durationMs
    },
    end: ({ usage, timings }) => {
      histograms.duration.record(inSeconds(timings.durationMs), attributes)
      for (const [type, count] of [
        ['input', usage?.inputTokens],
        ['output', usage?.outputTokens],
      ] as const) {
        if (count !== undefined)
          histograms.modelUsage.record(count, { ...attributes, [names.attribute.tokenType]: type })
      }
    },
    fail: (error, timings) => {
      const errorType = { [names.attribute.errorType]: errorTypeOf(error) }
      histograms.duration.record(inSeconds(timings.durationMs), { ...attributes, ...errorType })
    },
  }
}

/** A short word for a failure: the code, or the class of what else was thrown. Never its message. */
export function errorTypeOf(error: unknown): string {
  if (SagemakerError.is(error)) return error.code
  return error instanceof Error ? error.name : '_OTHER'
}

/** The histograms of all calls. */
export interface CallHistograms {
  /** Seconds from the beginning of a call to its end, however it ended. */
  readonly duration: TelemetryHistogram
  /** Seconds from the beginning of a call to the first fragment of its answer. */
  readonly timeToFirstChunk: TelemetryHistogram
  /** Seconds between two fragments. */
  readonly timePerOutputChunk: TelemetryHistogram
  /** Tokens of a prompt or of an answer, where the container reports them. */
  readonly modelUsage: TelemetryHistogram
}

/** Makes the histograms. */
export function createCallHistograms(meter: TelemetryMeter): CallHistograms {
  const seconds = (name: string, description: string): TelemetryHistogram =>
    meter.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: [...durationBucketsSeconds] },
    })
  return {
    duration: seconds(names.metric.duration, 'Duration of a call to the model.'),
    timeToFirstChunk: seconds(names.metric.timeToFirstChunk, 'Time to the first fragment of a streamed answer.'),
    timePerOutputChunk: seconds(names.metric.timePerOutputChunk, 'Time between two fragments of a streamed answer.'),
    modelUsage: meter.createHistogram(names.metric.modelUsage, {
      description: 'Tokens of the prompt and of the answer, as the container reported them.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: [...tokenBuckets] },
    }),
  }
}
