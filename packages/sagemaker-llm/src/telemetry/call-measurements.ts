import { SagemakerError } from '@x/sagemaker-endpoint'
import type { CallRecord, StartedCall } from '../callbacks/call-listener.ts'
import { identityAttributes, inSeconds } from './call-attributes.ts'
import type { CallHistograms } from './call-histograms.ts'
import { names } from './names.ts'

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
          histograms.tokenUsage.record(count, { ...attributes, [names.attribute.tokenType]: type })
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
