import type { ChatMessage } from '@x/bedrock-like-types'

/**
 * The conversation with the option `systemPrompt` as its first message. A conversation that has a system message of its
 * own stays as it is, so that there is never more than one.
 */
export function withSystemPrompt(
  messages: readonly ChatMessage[],
  systemPrompt: string | undefined,
): readonly ChatMessage[] {
  if (systemPrompt === undefined || messages.some((message) => message.role === 'system')) return messages
  return [{ role: 'system', content: systemPrompt }, ...messages]
}
