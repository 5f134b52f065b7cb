import type { EmbedSource, IdentifiedText } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { batch, fromObservable, ResponseStream } from '@x/stream-core'

type Item = string | IdentifiedText

/** How long the first text of a group waits for others, in milliseconds: a slow source is not held up. */
const fillWithinMs = 50

/**
 * The texts of any source in groups of up to `size`, pulled from it as they are wanted. The source is closed when the
 * signal aborts, also while it is being waited for.
 *
 * @throws {SagemakerError} `invalid-request` when the source is a single string, which would be taken apart into its
 * characters, or no source at all.
 */
export function sourceGroups(source: EmbedSource, size: number, signal: AbortSignal): ResponseStream<readonly Item[]> {
  // An iterable never lets anybody wait, and a timer for each text would be its largest cost.
  const maxWaitMs = Symbol.iterator in Object(source) ? undefined : fillWithinMs
  return batch<Item>({ maxItems: size, maxWaitMs })(pulled(source, signal))
}

/** What can be pulled is pulled, also when it could be subscribed to as well. */
function pulled(source: EmbedSource, signal: AbortSignal): ResponseStream<Item> {
  if (typeof source === 'string') throw invalidSource('a single string: pass an array of texts')
  if (Symbol.asyncIterator in source || Symbol.iterator in source) return ResponseStream.from(() => source, { signal })
  if ('subscribe' in source) return fromObservable<Item>(source, { signal })
  throw invalidSource('neither an iterable, an async iterable nor an Observable')
}

function invalidSource(what: string): SagemakerError {
  return new SagemakerError('invalid-request', `the source is ${what}`)
}
