import type { ServiceFailure } from '../errors/service-failure.ts'
import { type Body, type HttpBody, toBody } from './body.ts'
import { failedAnswer, maxErrorBodyBytes } from './failed-response.ts'
import { readLimited } from './read-limited.ts'
import type { ResponseHeaders } from './transport.ts'

/** What the SDK's request handler gives, as far as it is used here. */
export interface HttpResponse {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  body?: HttpBody
}

/** A good answer, whose body has yet to be read. */
export interface ReceivedAnswer {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  readonly body: Body
}

/** An answer with another status than 2xx. */
export interface ReceivedFailure {
  readonly failure: ServiceFailure
  /** The beginning of its body. */
  readonly bytes: Uint8Array
}

/** Tells good answers from failures, which are read to their end. */
export async function receiveAnswer(response: HttpResponse): Promise<ReceivedAnswer | ReceivedFailure> {
  const { statusCode, headers } = response
  const body = toBody(response.body)
  if (statusCode >= 200 && statusCode < 300) return { statusCode, headers, body }
  const bytes = await readLimited(body, maxErrorBodyBytes)
  return { failure: failedAnswer(statusCode, headers, bytes), bytes }
}
