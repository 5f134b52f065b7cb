import type { EmbedSource, IdentifiedText } from '@x/bedrock-like-types'
import { groupAsyncIterable } from './group-async-iterable.ts'
import { groupIterable } from './group-iterable.ts'
import { queueSubscribable } from './queue-subscribable.ts'
import type { TextGroup } from './text-group.ts'

/**
 * Cuts any source into groups. What can be pulled is pulled, also when it could be subscribed to as well.
 *
 * @throws {TypeError} when the source is a single string, which would be taken apart into its characters, or no source.
 */
export function groupSource(
  source: EmbedSource,
  size: () => number,
  signal: AbortSignal,
): AsyncGenerator<TextGroup, void, undefined> {
  if (typeof source === 'string') throw new TypeError('the source is a single string: pass an array of texts')
  if (Symbol.asyncIterator in source) return groupAsyncIterable(source, size, signal)
  if (Symbol.iterator in source) return groupIterable(source, size)
  if ('subscribe' in source) return groupAsyncIterable(queueSubscribable<string | IdentifiedText>(source), size, signal)
  throw new TypeError('the source is neither an iterable, an async iterable nor an Observable')
}
