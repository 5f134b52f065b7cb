import type { Turn } from '../language/beginning.ts'
import { tokenize } from '../language/tokenizer.ts'
import { topicOf } from '../language/topic-index.ts'
import type { DemoSettings } from './generation.ts'

/** The words that the model thinks before it replies; none unless it is set to think. */
export function reasoningOn(conversation: readonly Turn[], settings: DemoSettings): readonly string[] {
  if (settings.reasoning === undefined) return []
  const asked = conversation.findLast(({ role }) => role === 'user')?.text ?? ''
  const topic = [...topicOf(asked)].slice(0, 3)
  const about = topic.length === 0 ? 'nothing in particular' : topic.join(' and ')
  return tokenize(`The user asks about ${about}. I look for a sentence about it in my book and go on from there.`)
}

/** Written around thoughts that have no separate field. */
export const thinkTags = { open: '<think>\n', close: '\n</think>\n\n' } as const
