import type {
  ChatResponse,
  ConverseRequest,
  ConverseResponse,
  ConverseResponseMetadata,
  ResponseMetadata,
} from '@x/bedrock-like-types'
import { additionalResponseFields } from './additional-response-fields.ts'

/** A chat's answer in Converse's shape. */
export function converseResponseOf(
  { message, stopReason, usage, raw, response }: ChatResponse,
  { additionalModelResponseFieldPaths }: ConverseRequest,
): ConverseResponse {
  const fields = additionalResponseFields(raw, additionalModelResponseFieldPaths)
  return {
    output: { message },
    stopReason,
    usage,
    metrics: { latencyMs: Math.round(response.timings.durationMs ?? 0) },
    ...(fields === undefined ? {} : { additionalModelResponseFields: fields }),
    $metadata: converseMetadata(response),
  }
}

/** Facts about the exchange, as the AWS SDK calls them. */
export function converseMetadata(response: ResponseMetadata | undefined): ConverseResponseMetadata {
  if (response === undefined) return {}
  const { statusCode, requestId, attempts } = response
  return {
    ...(statusCode === undefined ? {} : { httpStatusCode: statusCode }),
    ...(requestId === undefined ? {} : { requestId }),
    attempts,
  }
}
