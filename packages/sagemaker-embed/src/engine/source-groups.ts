import type { EmbedSource, IdentifiedText } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { batch, ResponseStream } from '@x/stream-core'
import { queueSubscribable } from './queue-subscribable.ts'

/** How long the first text of a group waits for others, in milliseconds: a slow source is not held up. */
const MAX_WAIT_MS = 50

/**
 * The texts of any source in groups of up to `size`, pulled from it as they are wanted. The source is closed when the
 * signal aborts, also while it is being waited for.
 *
 * @throws {SagemakerError} `invalid-request` when the source is a single string, which would be taken apart into its
 * characters, or no source at all.
 */
export function sourceGroups(
  source: EmbedSource,
  size: number,
  signal: AbortSignal,
): ResponseStream<readonly (string | IdentifiedText)[]> {
  const pulled = pullable(source)
  const groups = batch<string | IdentifiedText>({ maxItems: size, maxWaitMs: MAX_WAIT_MS })
  return groups(ResponseStream.from(() => pulled, { signal }))
}

/** What can be pulled is pulled, also when it could be subscribed to as well. */
function pullable(source: EmbedSource): AsyncIterable<string | IdentifiedText> | Iterable<string | IdentifiedText> {
  if (typeof source === 'string') throw invalidSource('a single string: pass an array of texts')
  if (Symbol.asyncIterator in source || Symbol.iterator in source) return source
  if ('subscribe' in source) return queueSubscribable<string | IdentifiedText>(source)
  throw invalidSource('neither an iterable, an async iterable nor an Observable')
}

function invalidSource(what: string): SagemakerError {
  return new SagemakerError('invalid-request', `the source is ${what}`)
}
