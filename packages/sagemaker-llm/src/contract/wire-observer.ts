import type { CodecRequest } from '@x/bedrock-like-types'
import { runHook } from '@x/sagemaker-endpoint/model-kit'
import type { JsonSequenceObserver } from '@x/stream-core/decoders'

/**
 * Sees what goes over the wire during calls and how it is read, for tools that show it. The `raw` of a chunk is the value that
 * `onValue` saw, which tells which bytes became which text.
 *
 * The methods are called while the answer is read: a part, then the lines and values that it completes, then the chunks.
 * They see texts of prompts and answers. A method that throws or rejects never affects the call; its first failure is a process
 * warning of type `SagemakerHookWarning`. Nothing is computed for methods that are not there.
 *
 * @public
 */
export interface WireObserver extends JsonSequenceObserver {
  /** A request is about to be sent; once per call, however often it is sent. */
  onRequest?(request: CodecRequest): void
  /** The next bytes of the answer, as SageMaker cut them; of an answer that is not streamed, all of them. */
  onPart?(bytes: Uint8Array): void
}

/** The same observer, unable to affect a call. */
export function hookedWireObserver(observer: WireObserver): WireObserver {
  const run = (name: keyof WireObserver, look: () => unknown): void => runHook(observer, name, look, undefined)
  return {
    ...(observer.onRequest && { onRequest: (request) => run('onRequest', () => observer.onRequest?.(request)) }),
    ...(observer.onPart && { onPart: (bytes) => run('onPart', () => observer.onPart?.(bytes)) }),
    ...(observer.onLine && { onLine: (line, range) => run('onLine', () => observer.onLine?.(line, range)) }),
    ...(observer.onValue && { onValue: (value, range) => run('onValue', () => observer.onValue?.(value, range)) }),
  }
}
