import type { TelemetryHistogram, TelemetryMeter } from '@x/bedrock-like-types'
import { durationBucketsSeconds, names, tokenBuckets } from './names.ts'

/** The histograms of all calls. */
export interface CallHistograms {
  /** Seconds from the beginning of a call to its end, however it ended. */
  readonly duration: TelemetryHistogram
  /** Seconds from the beginning of a call to the first fragment of its answer. */
  readonly timeToFirstChunk: TelemetryHistogram
  /** Seconds between two fragments. */
  readonly timePerOutputChunk: TelemetryHistogram
  /** Tokens of a prompt or of an answer, where the container reports them. */
  readonly tokenUsage: TelemetryHistogram
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
    tokenUsage: meter.createHistogram(names.metric.tokenUsage, {
      description: 'Tokens of the prompt and of the answer, as the container reported them.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: [...tokenBuckets] },
    }),
  }
}
