import type {
  ConverseModelStreamOutput,
  ConverseModelStreamResponse,
  ConverseStreamRequest,
  ResponseMetadata,
} from '@x/bedrock-like-types'
import type { ResponseStream } from '@x/stream-core'
import type { Decoder } from '@x/stream-core/decoders'
import type { SpinePart } from '../parts/spine-part.ts'
import { ConverseEvents } from './converse-events.ts'
import { converseMetadata } from './converse-response.ts'

/** Comes before the first event. */
interface Opening {
  readonly opening: ResponseMetadata | undefined
}

/** The events, and before the first of them what is known about the exchange. */
class OpeningEvents implements Decoder<SpinePart, Opening | ConverseModelStreamOutput> {
  readonly #events: ConverseEvents
  #response: ResponseMetadata | undefined
  #isOpen = false

  constructor(request: ConverseStreamRequest) {
    this.#events = new ConverseEvents(request)
  }

  push(part: SpinePart): readonly (Opening | ConverseModelStreamOutput)[] {
    if (part.type === 'response') this.#response = part.response
    const events = this.#events.push(part)
    if (this.#isOpen || events.length === 0) return events
    this.#isOpen = true
    return [{ opening: this.#response }, ...events]
  }

  flush(): readonly ConverseModelStreamOutput[] {
    return []
  }
}

/** The decoder of the events that {@link openConverseStream} reads. */
export function converseEvents(
  request: ConverseStreamRequest,
): Decoder<SpinePart, Opening | ConverseModelStreamOutput> {
  return new OpeningEvents(request)
}

/**
 * Starts a chat and returns its events once the first has come, so that whatever fails before is the failure of the call
 * itself, as with Bedrock.
 *
 * The events can be read once. Leaving the loop ends the chat at once; so does forgetting the events without reading them.
 */
export async function openConverseStream(
  events: ResponseStream<Opening | ConverseModelStreamOutput>,
): Promise<ConverseModelStreamResponse> {
  const iterator = events[Symbol.asyncIterator]()
  const { value: first } = await iterator.next()
  const opening = first !== undefined && 'opening' in first ? first.opening : undefined
  // The opening is taken: what is left are events.
  return { stream: iterator as AsyncIterable<ConverseModelStreamOutput>, $metadata: converseMetadata(opening) }
}
