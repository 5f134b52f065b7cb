import type { ChatMessage, ContentBlock } from '@x/bedrock-like-types'

/**
 * The messages of an agent in the order that the chat templates of models take: one system message at the beginning, and no two
 * messages of the user or of the model in a row. Agents send several system messages, some of them later in the conversation, and
 * templates such as those of Mistral, Gemma and Qwen refuse both. A later one becomes text of the user, where it stands: moved to the
 * beginning it would make the container read the whole conversation again.
 */
export function conversationTurns(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const turns: ChatMessage[] = []
  for (const message of messages) {
    const isLater = message.role === 'system' && turns.some(({ role }) => role !== 'system')
    const turn: ChatMessage = isLater ? { role: 'user', content: message.content } : message
    const previous = turns.at(-1)
    if (previous === undefined || previous.role !== turn.role || turn.role === 'tool') turns.push(turn)
    else turns[turns.length - 1] = { role: turn.role, content: [...blocksOf(previous), ...blocksOf(turn)] }
  }
  return turns
}

function blocksOf({ content }: ChatMessage): readonly ContentBlock[] {
  return typeof content === 'string' ? [{ text: content }] : (content ?? [])
}

/** What is said about tools that were left out, by their types. */
export function warningsOfTools(types: readonly string[]): readonly string[] {
  return types.length === 0 ? [] : [`left out tools of type ${[...new Set(types)].join(', ')}`]
}
