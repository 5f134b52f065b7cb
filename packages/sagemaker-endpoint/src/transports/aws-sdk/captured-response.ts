import { Readable } from 'node:stream'
import type { ServiceFailure } from '../../errors/service-failure.ts'
import { type HttpResponse, receiveAnswer, type ReceivedAnswer } from '../../wire/receive-response.ts'
import type { Operation } from '../../wire/runtime-request.ts'

/**
 * Takes the raw answer of one attempt from under an SDK client that was handed in, which would decode it without limits
 * and lose the socket. The SDK keeps what it needs to go on: an empty body where the answer is good, a copy where it is
 * an error, so that its own retries and clock correction work as ever.
 */
export class CapturedResponse {
  taken: ReceivedAnswer | undefined
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
    const received = await receiveAnswer(response)
    if ('failure' in received) {
      this.failure = received.failure
      response.body = received.bytes
    } else {
      this.taken = received
      response.body = this.#operation === 'invokeStream' ? Readable.from([]) : new Uint8Array()
    }
    return result
  }
}
