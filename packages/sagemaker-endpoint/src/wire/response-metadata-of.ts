import type { ResponseMetadata, ResponseTimings } from '../response-metadata.ts'
import type { RuntimeAnswer } from './transport.ts'

/** What the headers of an answer say. A stream has the container's content type in a header of its own. */
export function responseMetadata(
  { statusCode, headers }: Pick<RuntimeAnswer, 'statusCode' | 'headers'>,
  attempts: number,
  timings: ResponseTimings,
): ResponseMetadata {
  return {
    requestId: headers['x-amzn-requestid'],
    statusCode,
    contentType: headers['x-amzn-sagemaker-content-type'] ?? headers['content-type'],
    invokedProductionVariant: headers['x-amzn-invoked-production-variant'],
    customAttributes: headers['x-amzn-sagemaker-custom-attributes'],
    // `<id>; Expires=<date>`
    newSessionId: headers['x-amzn-sagemaker-new-session-id']?.split(';')[0]?.trim(),
    attempts,
    timings,
  }
}
