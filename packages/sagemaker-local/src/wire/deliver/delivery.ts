import type { ServerResponse } from 'node:http'
import type { AwsLocation } from '../../answers/model-error.ts'
import type { TrackedRequest } from '../../answers/received-request.ts'
import type { HttpResponse } from '../../answers/service-error.ts'

/** A response that is to be sent. */
export interface Delivery {
  readonly request: TrackedRequest
  readonly endpointName: string
  readonly response: ServerResponse
  /** Headers of a successful response: request id, variant, sessions. */
  readonly headers: Readonly<Record<string, string>>
  readonly awsLocation: AwsLocation
  readonly signal: AbortSignal
}

/** Sends a response of SageMaker itself. */
export async function sendServiceResponse(
  response: ServerResponse,
  content: HttpResponse,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (response.destroyed || response.headersSent) return
  response.writeHead(content.statusCode, { ...headers, ...content.headers, 'content-length': content.body.length })
  await new Promise<void>((resolve) => {
    response.end(content.body, resolve)
    response.once('close', resolve)
  })
}
