import { textOf } from './conversation-markdown.ts'
import type { KeptConversation } from './kept-conversation.ts'

const textOfConversation = new WeakMap<KeptConversation, string>()

/** The conversations that hold every word, in a prompt, in an answer or in the name of an endpoint, in the same order. */
export function searchConversations(kept: readonly KeptConversation[], query: string): readonly KeptConversation[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return words.length === 0 ? kept : kept.filter((one) => words.every((word) => searchableText(one).includes(word)))
}

function searchableText(conversation: KeptConversation): string {
  const known = textOfConversation.get(conversation)
  if (known !== undefined) return known
  const turns = conversation.turns.flatMap(({ prompt = '', toolResults, answers }) => [
    prompt,
    ...toolResults.map(({ content }) => content),
    ...answers.flat().flatMap(({ events }) => [textOf(events, 'reasoning'), textOf(events, 'text')]),
  ])
  const text = [...conversation.panes.map(({ name }) => name), ...turns].join('\n').toLowerCase()
  textOfConversation.set(conversation, text)
  return text
}
