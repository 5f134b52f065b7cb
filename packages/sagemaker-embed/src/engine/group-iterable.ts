import type { IdentifiedText } from '@x/bedrock-like-types'
import { sourceText } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import type { TextGroup } from './text-group.ts'

/** Cuts an iterable into groups of `size()` texts, each taken from it only when it is asked for. */
export async function* groupIterable(
  source: Iterable<string | IdentifiedText>,
  size: () => number,
): AsyncGenerator<TextGroup, void, undefined> {
  let texts: SourceText[] = []
  let index = 0
  for (const item of source) {
    texts.push(sourceText(item, index))
    index += 1
    if (texts.length < size()) continue
    yield { texts, more: 'now' }
    texts = []
  }
  yield { texts, more: 'never' }
}
