import type { JsonSequenceObserver } from '@x/stream-core/decoders'
import type { CodecRequest } from '@x/bedrock-like-types'

/**
 * Sees what goes over the wire in the course of calls and how it is read, for tools that show it. Together with the fragments of
 * a stream, whose `raw` is the very value that `onValue` saw, it tells which bytes became which text.
 *
 * The methods are called while the answer is read: a part, then the lines and values that it completes, then the fragments.
 * They see texts of prompts and answers. What they throw is ignored. Nothing is computed for methods that are not there.
 *
 * @public
 */
export interface WireObserver extends JsonSequenceObserver {
  /** A request is about to be sent; once per call, whatever is sent again. */
  onRequest?(request: CodecRequest): void
  /** The next bytes of the answer, as SageMaker cut them; of an answer that is not streamed, all of them. */
  onPart?(bytes: Uint8Array): void
}

/** The same observer, unable to break a call. */
export function harmless(observer: WireObserver | undefined): WireObserver | undefined {
  if (observer === undefined) return undefined
  return {
    ...(observer.onRequest && { onRequest: (request) => quietly(() => observer.onRequest?.(request)) }),
    ...(observer.onPart && { onPart: (bytes) => quietly(() => observer.onPart?.(bytes)) }),
    ...(observer.onLine && { onLine: (line, range) => quietly(() => observer.onLine?.(line, range)) }),
    ...(observer.onValue && { onValue: (value, range) => quietly(() => observer.onValue?.(value, range)) }),
  }
}

function quietly(look: () => void): void {
  try {
    look()
  } catch {
    // A tool that looks on must not end what it looks at.
  }
}
