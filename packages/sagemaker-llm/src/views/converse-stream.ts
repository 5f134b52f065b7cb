import type {
  ChatChunk,
  ConverseStreamRequest,
  ConverseModelStreamResponse,
  ResponseMetadata,
} from '@x/bedrock-like-types'
import type { ResponseStream } from '@x/stream-core'
import { onGarbageCollected } from '../callbacks/on-garbage-collected.ts'
import { ConverseEventDecoder } from './converse-events.ts'
import { converseMetadata } from './converse-response.ts'

/**
 * Starts a chat and returns its events once the first has come, so that whatever fails before is the failure of the call
 * itself, as with Bedrock.
 *
 * The events can be read once. Leaving the loop ends the chat at once; so does forgetting the events without reading them.
 *
 * @param metadata - Facts about the exchange; asked once the first event has come.
 */
export async function openConverseStream(
  chunks: ResponseStream<ChatChunk>,
  request: ConverseStreamRequest,
  metadata: () => ResponseMetadata | undefined,
): Promise<ConverseModelStreamResponse> {
  const startedAt = performance.now()
  const events = chunks.pipeDecoder(() => new ConverseEventDecoder(request, startedAt))[Symbol.asyncIterator]()
  const resumed = new ResumedIterator(await events.next(), events)
  onGarbageCollected(resumed, () => void events.return())
  return { stream: resumed, $metadata: converseMetadata(metadata()) }
}

/** An iterator whose first item has been taken already. */
class ResumedIterator<T> implements AsyncIterableIterator<T> {
  #first: IteratorResult<T> | undefined
  readonly #rest: AsyncIterator<T>

  constructor(first: IteratorResult<T>, rest: AsyncIterator<T>) {
    this.#first = first
    this.#rest = rest
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<T>> {
    const first = this.#first
    this.#first = undefined
    return first ?? (await this.#rest.next())
  }

  async return(): Promise<IteratorResult<T>> {
    this.#first = undefined
    await this.#rest.return?.()
    return { done: true, value: undefined }
  }
}
