import { Readable } from 'node:stream'
import type { ServiceFailure } from '../errors/service-failure.ts'
import { type Body, type HttpBody, toBody } from './body.ts'
import { failedAnswer, maxErrorBodyBytes } from './failed-answer.ts'
import { readLimited } from './read-limited.ts'
import type { Operation } from './runtime-request.ts'
import type { ResponseHeaders } from './transport.ts'

/** What the SDK's request handler gives, as far as it is used here. */
export interface HttpResponse {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  body?: HttpBody
}

/** The good answer that was taken from the SDK. */
interface Taken {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  readonly body: Body
}

/**
 * Takes the raw answer of one attempt from under the SDK, which would decode it without limits and lose the socket. The
 * SDK keeps what it needs to go on: an empty body where the answer is good, a copy where it is an error, so that its
 * own retries and clock correction work as ever.
 */
export class CapturedResponse {
  taken: Taken | undefined
  failure: ServiceFailure | undefined
  readonly #operation: Operation

  constructor(operation: Operation) {
    this.#operation = operation
  }

  /** Called for each attempt of the SDK; the last one counts. */
  async capture<T extends { readonly response: unknown }>(handle: () => Promise<T>): Promise<T> {
    this.failure = undefined
    const result = await handle()
    const response = result.response as HttpResponse
    const { statusCode, headers } = response
    const body = toBody(response.body)
    if (statusCode >= 200 && statusCode < 300) {
      this.taken = { statusCode, headers, body }
      response.body = this.#operation === 'invokeStream' ? Readable.from([]) : new Uint8Array()
      return result
    }
    const bytes = await readLimited(body, maxErrorBodyBytes)
    this.failure = failedAnswer(statusCode, headers, bytes)
    response.body = bytes
    return result
  }
}
