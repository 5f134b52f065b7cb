import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { InvokeMetadata } from '../options/invoke-result.ts'

/** A stateful session: its requests go to the same instance. Pass `sessionId` with each of them. */
export interface Session {
  /** What SageMaker calls the session by. */
  readonly sessionId: string
  /** When the container ends it, if it says so. */
  readonly expiresAt: Date | undefined
}

/** What containers with stateful sessions understand. */
export const newSessionBody: string = JSON.stringify({ requestType: 'NEW_SESSION' })
export const closeSessionBody: string = JSON.stringify({ requestType: 'CLOSE' })

/**
 * @throws {SagemakerError} with code `unexpected-response` if the container has made none.
 */
export function sessionFrom(metadata: InvokeMetadata, endpointName: string): Session {
  const { newSessionId, newSessionExpiresAt, requestId, statusCode } = metadata
  if (newSessionId !== undefined && newSessionId !== '')
    return { sessionId: newSessionId, expiresAt: newSessionExpiresAt }
  throw new SagemakerError(
    'unexpected-response',
    `the container made no session (endpoint ${endpointName}). Turn its stateful sessions on.`,
    {
      endpointName,
      requestId,
      statusCode,
    },
  )
}
