import type { InvokeMetadata } from '../options/invoke-result.ts'
import type { RuntimeResponse } from './transport.ts'

/** Reads the headers of a response. A stream has the container's content type in a separate header. */
export function readResponseMetadata(
  { statusCode, headers }: Pick<RuntimeResponse, 'statusCode' | 'headers'>,
  attempts: number,
): Omit<InvokeMetadata, 'timings'> {
  const sessionHeader = headers['x-amzn-sagemaker-new-session-id']
  const session = sessionHeader === undefined ? undefined : newSession(sessionHeader)
  return {
    requestId: headers['x-amzn-requestid'],
    statusCode,
    contentType: headers['x-amzn-sagemaker-content-type'] ?? headers['content-type'],
    invokedProductionVariant: headers['x-amzn-invoked-production-variant'],
    customAttributes: headers['x-amzn-sagemaker-custom-attributes'],
    newSessionId: session?.id,
    newSessionExpiresAt: session?.expiresAt,
    attempts,
  }
}

/** `<id>; Expires=yyyy-mm-ddThh:mm:ssZ` */
function newSession(header: string): { readonly id: string; readonly expiresAt: Date | undefined } {
  const [id = '', ...attributes] = header.split(';').map((part) => part.trim())
  const expires = attributes.find((attribute) => /^expires=/i.test(attribute))
  const time = expires === undefined ? Number.NaN : Date.parse(expires.slice('expires='.length))
  return { id, expiresAt: Number.isNaN(time) ? undefined : new Date(time) }
}
