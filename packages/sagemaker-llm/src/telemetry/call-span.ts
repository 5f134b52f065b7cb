import type { TelemetrySpan } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { CallRecord } from '../callbacks/call-listener.ts'
import { inSeconds, outcomeAttributes } from './call-attributes.ts'
import { errorTypeOf } from './call-measurements.ts'
import { outputContent } from './captured-content.ts'
import { names, spanStatusError } from './names.ts'

/** Writes one call into its span. */
export function callSpan(span: TelemetrySpan, captureContent: boolean): CallRecord {
  return {
    token: () => {},
    end: (outcome) => {
      span.setAttributes(outcomeAttributes(outcome))
      if (captureContent) span.setAttributes(outputContent(outcome))
      span.end()
    },
    fail: (error, { timeToFirstTokenMs }) => {
      const errorType = errorTypeOf(error)
      span.setAttributes({
        [names.attribute.errorType]: errorType,
        ...(timeToFirstTokenMs === undefined
          ? {}
          : { [names.attribute.responseTimeToFirstChunk]: inSeconds(timeToFirstTokenMs) }),
        ...(SagemakerError.is(error) && error.requestId !== undefined
          ? { [names.attribute.awsRequestId]: error.requestId }
          : {}),
      })
      // The message may quote the container, and so the prompt: the type alone is safe.
      span.setStatus({ code: spanStatusError, message: errorType })
      span.end()
    },
  }
}
