import type { IdentifiedText } from '@x/bedrock-like-types'
import { InterruptibleReader } from './interruptible-reader.ts'
import { sourceText } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import type { TextGroup } from './text-group.ts'

/** How long the first text of a group waits for others, in milliseconds. */
const MAX_WAIT_MS = 50

/**
 * Cuts an async iterable into groups of `size()` texts. A group does not wait long to be full, so that a slow source is
 * not held up. When the signal aborts the source is closed at once, also while it is being waited for.
 *
 * @throws The signal's reason.
 */
export async function* groupAsyncIterable(
  source: AsyncIterable<string | IdentifiedText>,
  size: () => number,
  signal: AbortSignal,
): AsyncGenerator<TextGroup, void, undefined> {
  const reader = new InterruptibleReader(source, signal)
  let texts: SourceText[] = []
  let index = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    for (;;) {
      const result = await reader.read()
      if (result?.done === true) break
      if (result !== undefined) {
        texts.push(sourceText(result.value, index))
        index += 1
        if (texts.length === 1) timer = setTimeout(() => reader.interrupt(), MAX_WAIT_MS)
        if (texts.length < size()) continue
      }
      clearTimeout(timer)
      if (texts.length > 0) yield { texts, more: result === undefined ? 'later' : 'now' }
      texts = []
    }
    yield { texts, more: 'never' }
  } finally {
    clearTimeout(timer)
    reader.close()
  }
}
